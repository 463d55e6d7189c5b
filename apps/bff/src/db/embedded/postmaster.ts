/** The running PostgreSQL server of a database folder: find it, start it, stop it. */
import { spawn } from 'node:child_process'
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../core/start-error.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { type DataRoot, startErrorOfFolder } from './data-folder.ts'
import { findProgramName } from './process.ts'

export interface Postmaster {
  pid: number
  port: number
  status: string
}

const READY_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 30_000
const LOG_KEPT_BYTES = 20_000_000
const MEBIBYTE = 1024 * 1024

/** The server that owns the folder now, whatever its state. */
export function findPostmaster(root: DataRoot): Postmaster | undefined {
  const lines = readLockFile(root)
  const pid = Number(lines[0])
  // After a crash of the machine or a new start of a container the number may belong to any program.
  if (findProgramName(pid) !== 'postgres') return undefined
  if (!isSameFolder(lines[1]?.trim(), root.cluster)) return undefined
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? 'starting' }
}

/** @throws StartError with the reason out of PostgreSQL's own log. */
export async function startPostmaster(
  root: DataRoot,
  binaries: Binaries,
  account: Account,
  settings: Record<string, string>,
): Promise<Postmaster> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  for (;;) {
    // PostgreSQL would take the reused number of a dead server for a living one.
    if (findProgramName(Number(readLockFile(root)[0]))) rmSync(lockFile(root), { force: true })
    const { pid, exited, readLog } = await spawnPostgres(root, binaries, account, settings)
    const ready = await waitForReady(root, pid, exited, deadline)
    if (ready) return ready
    const log = readLog()
    // A killed server may stand among the processes for a moment more, or its children hold its shared memory.
    const isLeftOver = /pre-existing shared memory block|lock file .+ already exists/.test(log)
    if (isLeftOver && findPostmaster(root) === undefined && Date.now() < deadline) {
      await sleep(250)
      continue
    }
    throw explainExit(root, log)
  }
}

/** Waits for a server that is starting up; undefined when it ended instead or was stopping. */
export async function waitForRunning(root: DataRoot): Promise<Postmaster | undefined> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  for (;;) {
    const found = findPostmaster(root)
    if (!found || found.status === 'ready') return found
    if (Date.now() > deadline)
      throw new StartError(`The database in ${root.cluster} did not become ready: see ${root.log}`)
    await sleep(20)
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk when this returns. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', STOP_TIMEOUT_MS],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (findProgramName(pid) !== 'postgres') return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      if (findProgramName(pid) !== 'postgres') return
      await sleep(10)
    }
  }
}

function lockFile(root: DataRoot): string {
  return join(root.cluster, 'postmaster.pid')
}

function readLockFile(root: DataRoot): string[] {
  try {
    return readFileSync(lockFile(root), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isSameFolder(a: string | undefined, b: string): boolean {
  try {
    return a !== undefined && realpathSync(a) === realpathSync(b)
  } catch {
    return false
  }
}

async function spawnPostgres(root: DataRoot, binaries: Binaries, account: Account, settings: Record<string, string>) {
  const all = { ...defaultSettings(), port: String(await findFreePort()), ...settings }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let log: number
  try {
    keepLogShort(root.log)
    log = openSync(root.log, 'a+', 0o600)
  } catch (error) {
    throw startErrorOfFolder(root.folder, error)
  }
  const logStart = fstatSync(log).size
  const child = spawn(binaries.postgres, ['-D', root.cluster, ...args], {
    ...account.switchTo,
    env: binaries.environment,
    cwd: root.folder,
    stdio: ['ignore', log, log],
    // Ctrl-C at the terminal must not reach the server before those who write to it have finished.
    detached: true,
  })
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  child.unref()
  return { pid: child.pid ?? 0, exited: () => ended, readLog: () => readFrom(log, logStart) }
}

async function waitForReady(
  root: DataRoot,
  pid: number,
  exited: () => boolean,
  deadline: number,
): Promise<Postmaster | undefined> {
  while (!exited()) {
    const found = findPostmaster(root)
    if (found?.pid === pid && found.status === 'ready') return found
    if (Date.now() > deadline)
      throw new StartError(`The database in ${root.cluster} did not become ready: see ${root.log}`)
    await sleep(10)
  }
  return undefined
}

/** Sized for a small machine that also runs the product; durability is PostgreSQL's default, that is full. */
function defaultSettings(): Record<string, string> {
  const sharedMb = Math.min(512, Math.max(64, Math.floor(totalmem() / MEBIBYTE / 16)))
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${sharedMb * 4}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    shared_preload_libraries: 'pg_stat_statements',
    dynamic_shared_memory_type: hasRoomyShm() ? 'posix' : 'mmap',
  }
}

/** Containers come with 64 MB of /dev/shm, too little for a parallel query. */
function hasRoomyShm(): boolean {
  if (process.platform !== 'linux') return true
  try {
    const facts = statfsSync('/dev/shm')
    return facts.bavail * facts.bsize > 512 * MEBIBYTE
  } catch {
    return false
  }
}

function explainExit(root: DataRoot, log: string): StartError {
  const reason = /(?:FATAL|PANIC|postgres):\s+(.+)/.exec(log)?.[1] ?? log.trim().split('\n').at(-1)
  if (/No space left|quota exceeded/i.test(log)) return startErrorOfFolder(root.folder, new Error('ENOSPC'))
  return new StartError(
    `The database in ${root.cluster} does not start: ${reason || 'no reason was given'} (the whole log is in ${root.log}).`,
  )
}

function keepLogShort(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_KEPT_BYTES) renameSync(path, `${path}.1`)
}

function readFrom(file: number, start: number): string {
  const length = Math.min(fstatSync(file).size - start, 200_000)
  const bytes = Buffer.alloc(Math.max(0, length))
  readSync(file, bytes, 0, bytes.length, start)
  closeSync(file)
  return bytes.toString('utf8')
}

function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}
