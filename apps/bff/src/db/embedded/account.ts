/** The system account PostgreSQL runs under: our own, or another one when we are root, whom PostgreSQL refuses to serve. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, resolve } from 'node:path'
import { StartError } from '../../core/start-error.ts'

export interface Account {
  name: string
  /** Set when the account is not the one this process runs under. */
  switchTo?: { uid: number; gid: number }
}

/** @throws StartError when there is no account to run PostgreSQL under. */
export function chooseAccount(preferred: readonly string[] = ['postgres', 'nobody']): Account {
  const uid = process.getuid?.()
  if (uid !== 0) return { name: uid === undefined ? userInfo().username : ownName(uid) }
  for (const name of preferred) {
    const account = findAccount(name)
    if (account) return account
  }
  throw new StartError(
    `PostgreSQL refuses to run as root and neither of the accounts ${preferred.join(', ')} exists here: start as an ordinary user or set DATABASE_URL.`,
  )
}

/** Whether the account may walk down to the folder, or to the nearest parent that exists. */
export function canReach(folder: string, account: Account): boolean {
  if (!account.switchTo) return true
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at) && !maySearch(at, account.switchTo)) return false
    if (at === dirname(at)) return true
  }
}

function maySearch(folder: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const facts = statSync(folder)
  const bit = facts.uid === uid ? 0o100 : facts.gid === gid ? 0o010 : 0o001
  return (facts.mode & bit) !== 0
}

function findAccount(name: string): Account | undefined {
  if (!existsSync('/etc/passwd')) return undefined
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [login, , uid, gid] = line.split(':')
    if (login === name) return { name, switchTo: { uid: Number(uid), gid: Number(gid) } }
  }
  return undefined
}

/** Containers may run under a number that no account has; PostgreSQL looks its own name up and gives up without. */
function ownName(uid: number): string {
  try {
    return userInfo().username
  } catch {
    throw new StartError(
      `The user id ${uid} has no name on this machine, and PostgreSQL needs one: start as a named user, or set DATABASE_URL.`,
    )
  }
}
