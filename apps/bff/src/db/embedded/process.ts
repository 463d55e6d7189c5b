/** Facts about other processes, read from /proc where it exists and from `ps` elsewhere. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const HAS_PROC = existsSync('/proc/self/stat')

/** A process by number and start time: numbers are used again, the pair is not. */
export interface ProcessIdentity {
  pid: number
  startedAt: string
}

/** The identity of a living process; undefined when nothing runs under that number (a zombie does not run). */
export function findProcess(pid: number): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const facts = HAS_PROC ? factsFromProc(pid) : factsFromPs(pid)
  return facts && { pid, startedAt: facts.startedAt }
}

export function isSameProcess(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.startedAt === identity.startedAt
}

/** The short name of the program a living process runs, such as `postgres`. */
export function findProgramName(pid: number): string | undefined {
  return (HAS_PROC ? factsFromProc(pid) : factsFromPs(pid))?.program
}

function factsFromProc(pid: number): { startedAt: string; program: string } | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // `pid (program name) state …`: the name may hold spaces and brackets, so it ends at the last bracket.
  const end = stat.lastIndexOf(')')
  const rest = stat.slice(end + 2).split(' ')
  if (rest[0] === 'Z' || rest[0] === 'X') return undefined
  return { startedAt: rest[19] ?? '', program: stat.slice(stat.indexOf('(') + 1, end) }
}

function factsFromPs(pid: number): { startedAt: string; program: string } | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const match = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.+)$/.exec(line)
    if (!match || match[1]?.startsWith('Z')) return undefined
    return { startedAt: match[2] ?? '', program: match[3]?.split('/').at(-1) ?? '' }
  } catch {
    return undefined
  }
}
