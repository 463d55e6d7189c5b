/** The demo merchant: made once, with the sandbox told where its notices go, and 120 days of trade played through it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomPassword } from '../../apps/bff/src/auth/passwords.ts'
import { systemClock } from '../../apps/bff/src/core/clock.ts'
import { secretBox } from '../../apps/bff/src/core/secret-box.ts'
import { StartError } from '../../apps/bff/src/core/start-error.ts'
import { openDatabase } from '../../apps/bff/src/db/client.ts'
import { readAccounts } from '../../apps/bff/src/demo/accounts.ts'
import { type Demo, seedDemo as makeDemo, wantsDemo } from '../../apps/bff/src/demo/seed.ts'
import { makeSetupCode } from '../../apps/bff/src/features/setup/setup-code.ts'
import { ROOT } from '../root.ts'
import type { StartConfig } from './config.ts'
import { runStep } from './step.ts'

const ACCOUNTS_FILE = 'apps/sandbox/demo-accounts.json'
/** The history holds what only an admin may do. */
const PLAYER_ROLE = 'admin'

/**
 * In this process: the schema's modules are loaded already, and the console is starting meanwhile. Undefined where somebody
 * began with a merchant of their own.
 */
export async function seedDemo(config: StartConfig, databaseUrl: string): Promise<Demo | undefined> {
  const db = openDatabase(databaseUrl, { max: 1 })
  try {
    if (!config.demo || !(await wantsDemo(db.owner))) return undefined
    return await makeDemo({
      owner: db.owner,
      secrets: secretBox(config.secret),
      secret: config.secret,
      sandboxUrl: sandboxUrl(config),
      accounts: readAccounts(join(ROOT, ACCOUNTS_FILE)),
    })
  } finally {
    await db.close()
  }
}

/** A code for /setup while there is no merchant. */
export async function newSetupCode(databaseUrl: string): Promise<string | undefined> {
  const db = openDatabase(databaseUrl, { max: 1 })
  try {
    return await makeSetupCode({ db, clock: systemClock, makeCode: randomPassword })
  } finally {
    await db.close()
  }
}

/** At every start, because the console may answer on another port than last time. */
export async function tellSandboxAccounts(config: StartConfig): Promise<void> {
  const accounts: { sbps: SbpsAccount[] } = JSON.parse(readFileSync(join(ROOT, ACCOUNTS_FILE), 'utf8'))
  for (const account of accounts.sbps) {
    account.noticeUrl = `${consoleUrl(config)}/notices/sbps/${account.merchantId}-${account.serviceId}`
  }
  await post(`${sandboxUrl(config)}/sandbox/accounts`, accounts)
}

/** Plays the history unless it was played to its end; a history that was cut short is continued. */
export async function playHistory(config: StartConfig, env: NodeJS.ProcessEnv, demo: Demo): Promise<void> {
  const mark = join(config.dataDir, 'demo-history-played')
  if (demo.created) rmSync(mark, { force: true })
  if (existsSync(mark)) return
  console.log('Playing the demo history through the sandbox.')
  const args = ['--disable-warning=ExperimentalWarning', 'apps/sandbox/src/demo/main.ts']
  const player = demo.signIns.find(({ role }) => role === PLAYER_ROLE)
  const playerEnv = {
    ...env,
    SANDBOX_URL: sandboxUrl(config),
    BFF_URL: consoleUrl(config),
    CHOBA_SANDBOX_DIR: sandboxDir(config),
    CHOBA_SANDBOX_ACCOUNTS: join(ROOT, ACCOUNTS_FILE),
    CHOBA_DEMO_EMAIL: player?.email,
    CHOBA_DEMO_PASSWORD: player?.password,
  }
  await runStep('The demo history', args, { env: playerEnv, shown: true })
  writeFileSync(mark, `${new Date().toISOString()}\n`)
}

/** A sandbox that remembers trade of another database would send news of payments this one has never seen. */
export async function resetSandbox(config: StartConfig): Promise<void> {
  await post(`${sandboxUrl(config)}/sandbox/reset`, {})
}

/** Where the sandbox keeps its memory, and the player of the history its diary. */
export function sandboxDir(config: StartConfig): string {
  return join(config.dataDir, 'sandbox')
}

export function sandboxUrl(config: StartConfig): string {
  return `http://127.0.0.1:${config.sandboxPort}`
}

/** The address of the console on this machine. */
export function consoleUrl(config: StartConfig): string {
  return `http://127.0.0.1:${config.port}`
}

interface SbpsAccount {
  merchantId: string
  serviceId: string
  noticeUrl: string
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new StartError(`The sandbox refused ${new URL(url).pathname}: ${await answer.text()}`)
}
