/** The whole product once per run, by the same starter as `npm start`: free ports, a folder of its own, a short history. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Role } from '@choba/shared/permissions.ts'
import { ROOT } from '../../tools/root.ts'
import { readStartConfig } from '../../tools/start/config.ts'
import { openRunDatabase } from '../../tools/start/database.ts'
import { addPersonTo, type SignIn } from './cli.ts'
import { type Session, signInAs } from './session.ts'

export interface Product {
  url: string
  sandboxUrl: string
  /** The environment that the product's own commands need to find this product's database. */
  env: Record<string, string>
  /** The starter's process, whose children the product's programs are. */
  starterPid: number
  signIns: SignIn[]
  /** One session per role, of somebody who only reads too: signing in is limited per minute, and most tests are about something else. */
  sessions: Session[]
}

declare module 'vitest' {
  export interface ProvidedContext {
    product: Product
  }
}

/** Every method, store and special case once or more. */
const HISTORY = { CHOBA_DEMO_DAYS: '20', CHOBA_DEMO_PAYMENTS: '300' }
const READY_WITHIN_MS = 170_000
const STOPPED_WITHIN_MS = 30_000

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const startedAt = performance.now()
  const { env, banner, pid, teardown } = await startProduct(HISTORY)
  try {
    project.provide('product', await describeProduct(banner, env, pid))
    console.log(`The product started in ${Math.round((performance.now() - startedAt) / 1000)} s.`)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

export interface Started {
  url: string
  env: Record<string, string>
  /** What it printed until it was ready. */
  banner: string
  pid: number
  teardown(): Promise<void>
}

/** On free ports and in a folder of its own, which goes with it. */
export async function startProduct(wanted: Readonly<Record<string, string>>): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'choba-e2e-'))
  // PostgreSQL's own account must be able to walk into it.
  chmodSync(folder, 0o755)
  const env = { ...(await environmentOf(folder)), ...wanted }
  const starter = spawn(process.execPath, ['tools/start.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...env, DATABASE_URL: '', HOST: '', PUBLIC_URL: '' },
    // The channel tells the starter when this process is gone; then it stops by itself.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  async function teardown(): Promise<void> {
    await stop(starter)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const banner = await untilReady(starter)
    return { url: `http://127.0.0.1:${env['PORT']}`, env, banner, pid: starter.pid ?? 0, teardown }
  } catch (error) {
    await teardown()
    throw error
  }
}

async function environmentOf(folder: string): Promise<Record<string, string>> {
  const [port, sandboxPort] = await Promise.all([freePort(), freePort()])
  const ports = { PORT: String(port), SANDBOX_PORT: String(sandboxPort) }
  return { ...ports, CHOBA_DATA_DIR: folder, CHOBA_SECRET: 'the secret of a browser test run' }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('this machine gave no port')
  return address.port
}

/** What the starter printed, once it says that the product is ready. */
async function untilReady(starter: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the product was not ready in time:\n${said}`)), READY_WITHIN_MS)
    function hear(text: string): void {
      said += text
      if (!/Stop: Ctrl-C/.test(said)) return
      clearTimeout(timer)
      done(said)
    }
    starter.stdout?.setEncoding('utf8').on('data', hear)
    starter.stderr?.setEncoding('utf8').on('data', hear)
    starter.once('exit', () => {
      clearTimeout(timer)
      fail(new Error(`the product did not start:\n${said}`))
    })
  })
}

/** The roles that somebody of the demo has. */
export const DEMO_ROLES = ['staff', 'accountant', 'admin'] as const satisfies readonly Role[]

async function describeProduct(banner: string, env: Record<string, string>, starterPid: number): Promise<Product> {
  if (/not taken|failed/.test(banner)) console.log(banner)
  const url = `http://127.0.0.1:${env['PORT']}`
  const ownEnv = { ...env, DATABASE_URL: await findDatabase(env) }
  const signIns = DEMO_ROLES.map((role) => readSignIn(banner, role))
  const reader = await addPersonTo(ownEnv, 'read_only', '閲覧 花子')
  const sessions = await Promise.all([...signIns, reader].map((signIn) => signInAs(url, signIn)))
  return {
    url,
    sandboxUrl: `http://127.0.0.1:${env['SANDBOX_PORT']}`,
    env: ownEnv,
    starterPid,
    signIns,
    sessions,
  }
}

function readSignIn(banner: string, role: Role): SignIn {
  const [, email, password] = new RegExp(`^ +${role} +(\\S+) +(\\S+)$`, 'm').exec(banner) ?? []
  if (!email || !password) throw new Error(`the starter printed no sign-in for ${role}:\n${banner}`)
  return { role, email, password }
}

/** The starter keeps its database's address to itself; a look into its folder finds the running server. */
async function findDatabase(env: Record<string, string>): Promise<string> {
  const config = readStartConfig({ ...process.env, ...env, DATABASE_URL: '', PUBLIC_URL: '' })
  const database = await openRunDatabase(config, () => undefined)
  // The server is the starter's: this lets go of it and leaves it running.
  await database.stop()
  return database.url
}

async function stop(starter: ChildProcess): Promise<void> {
  if (starter.exitCode !== null || starter.signalCode !== null) return
  const timer = setTimeout(() => starter.kill('SIGKILL'), STOPPED_WITHIN_MS)
  const exited = once(starter, 'exit')
  starter.kill('SIGTERM')
  await exited
  clearTimeout(timer)
}
