/**
 * PostgreSQL out of an npm package, for those who bring none: one server per folder, on 127.0.0.1, with a random
 * password. A server that outlived a killed starter is taken over, so nothing recorded is lost and nothing runs twice.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { StartError } from '../core/start-error.ts'
import { type Account, chooseAccount } from './embedded/account.ts'
import { prepareBinaries } from './embedded/binaries.ts'
import {
  type DataRoot,
  ensureCluster,
  openDataRoot,
  readPassword,
  startErrorOfFolder,
  SUPERUSER,
} from './embedded/data-folder.ts'
import { type Postmaster, startPostmaster, stopPostmaster, waitForRunning } from './embedded/postmaster.ts'
import { findProcess, isSameProcess, type ProcessIdentity } from './embedded/process.ts'

const DATABASE = 'choba'
const START_TIMEOUT_MS = 150_000
const DYING_TIMEOUT_MS = 10_000

export interface EmbeddedOptions {
  dataDir: string
  /** Where the database goes when PostgreSQL's account cannot reach `dataDir`. */
  systemDir?: string
  /** Accounts to run under when we are root, the first that exists. */
  accounts?: readonly string[]
  /** PostgreSQL settings over our own, such as `fsync: 'off'` for tests. */
  settings?: Record<string, string>
}

export interface Embedded {
  /** With the password of a superuser in it: keep it out of logs. */
  url: string
  pid: number
  /** `dataDir`, or the system folder taken in its place. */
  dataRoot: string
  /** Stops the server, unless another living process started it. */
  stop(): Promise<void>
}

/** @throws StartError with one sentence for the person at the terminal. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const account = chooseAccount(options.accounts)
  const root = openDataRoot(options.dataDir, options.systemDir ?? '/var/lib/choba', account)
  const release = await takeStartLock(root)
  try {
    const server = (await findRunning(root)) ?? (await startNew(root, account, options))
    const password = readPassword(root)
    await ensureDatabase(root, server, password)
    claimOwnership(root)
    return {
      url: urlOf(server, password, DATABASE),
      pid: server.pid,
      dataRoot: root.folder,
      stop: () => stopIfOwned(root, server),
    }
  } finally {
    release()
  }
}

/** The server that outlived its starter; undefined when there is none, or when it is just dying. */
async function findRunning(root: DataRoot): Promise<Postmaster | undefined> {
  const deadline = Date.now() + DYING_TIMEOUT_MS
  for (;;) {
    const server = await waitForRunning(root)
    if (!server || (await accepts(server.port))) return server
    if (Date.now() > deadline) {
      throw new StartError(
        `The database server of ${root.folder} (process ${server.pid}) does not answer: end it and start again.`,
      )
    }
    await sleep(20)
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(1_000, () => socket.destroy())
    socket.once('connect', () => {
      done(true)
      socket.destroy()
    })
    socket.once('close', () => done(false))
    socket.once('error', () => undefined)
  })
}

async function startNew(root: DataRoot, account: Account, options: EmbeddedOptions): Promise<Postmaster> {
  const binaries = prepareBinaries(root.folder, account)
  ensureCluster(root, binaries, account, options.settings?.['fsync'] !== 'off')
  return startPostmaster(root, binaries, account, options.settings ?? {})
}

/** Logging in proves that the server is the one of this folder: no other knows the password. */
async function ensureDatabase(root: DataRoot, server: Postmaster, password: string): Promise<void> {
  const client = new pg.Client({
    connectionString: urlOf(server, password, 'postgres'),
    connectionTimeoutMillis: 10_000,
  })
  try {
    await client.connect()
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    if (/No space left/i.test(String(error))) throw startErrorOfFolder(root.folder, error)
    throw new StartError(
      `The database in ${root.folder} does not let us in: ${error instanceof Error ? error.message : String(error)}`,
    )
  } finally {
    await client.end()
  }
}

function urlOf(server: Postmaster, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${database}`
}

/** Two starts on one folder wait for each other; the lock of a process that is gone counts for nothing. */
async function takeStartLock(root: DataRoot): Promise<() => void> {
  const lock = join(root.folder, 'start.lock')
  const self = JSON.stringify(findProcess(process.pid))
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'holder'), self, { mode: 0o600 })
      return () => rmSync(lock, { recursive: true, force: true })
    } catch (error) {
      if (!isFileError(error, 'EEXIST')) throw startErrorOfFolder(root.folder, error)
    }
    const holder = readIdentity(join(lock, 'holder'))
    if (holder ? !isSameProcess(holder) : await staysEmpty(lock)) rmSync(lock, { recursive: true, force: true })
    if (Date.now() > deadline) throw new StartError(`Another start of the database in ${root.folder} does not finish.`)
    await sleep(20)
  }
}

/** A holder writes its name right after taking the lock; one that was killed in between never does. */
async function staysEmpty(lock: string): Promise<boolean> {
  await sleep(500)
  return readIdentity(join(lock, 'holder')) === undefined
}

function claimOwnership(root: DataRoot): void {
  const owner = readIdentity(ownerFile(root))
  if (owner && owner.pid !== process.pid && isSameProcess(owner)) return
  writeFileSync(ownerFile(root), JSON.stringify(findProcess(process.pid)), { mode: 0o600 })
}

async function stopIfOwned(root: DataRoot, server: Postmaster): Promise<void> {
  const owner = readIdentity(ownerFile(root))
  if (owner && owner.pid !== process.pid && isSameProcess(owner)) return
  await stopPostmaster(server.pid)
  rmSync(ownerFile(root), { force: true })
}

function ownerFile(root: DataRoot): string {
  return join(root.folder, 'server-owner.json')
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null && 'pid' in value && 'startedAt' in value
      ? { pid: Number(value.pid), startedAt: String(value.startedAt) }
      : undefined
  } catch {
    return undefined
  }
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
