import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { StartError } from '../core/start-error.ts'
import { canReach, chooseAccount } from './embedded/account.ts'
import { startErrorOfFolder } from './embedded/data-folder.ts'
import { stopPostmaster } from './embedded/postmaster.ts'
import { findProcess } from './embedded/process.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

const LAUNCHER = new URL('./embedded.ts', import.meta.url).href
const isRoot = process.getuid?.() === 0
const folders: string[] = []
const serverPids: number[] = []

describe('the embedded database', { timeout: 60_000 }, () => {
  afterEach(async () => {
    for (const pid of serverPids.splice(0)) await stopPostmaster(pid)
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  test('starts from nothing, searches Japanese text, and finds its rows again at the next start', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await query(first.url, 'create extension pg_trgm')
    expect(await query(first.url, "select cardinality(show_trgm('山田')) > 0 as found")).toEqual([{ found: true }])
    await query(first.url, 'create table note (body text)')
    await query(first.url, "insert into note values ('髙橋')")
    await first.stop()
    expect(findProcess(first.pid)).toBeUndefined()

    const second = await start(dataDir)
    expect(await query(second.url, 'select body from note')).toEqual([{ body: '髙橋' }])
    await second.stop()
  })

  test('takes over the server of a starter that was killed', async () => {
    const dataDir = newFolder()
    const starter = await startInChild(dataDir)
    starter.child.kill('SIGKILL')
    await exitOf(starter.child)
    expect(findProcess(starter.pid)).toBeDefined()

    const next = await start(dataDir)
    expect(next.pid).toBe(starter.pid)
    await next.stop()
    expect(findProcess(starter.pid)).toBeUndefined()
  })

  test('leaves the server of a living starter alone', async () => {
    const dataDir = newFolder()
    const starter = await startInChild(dataDir)
    const guest = await start(dataDir)
    expect(guest.pid).toBe(starter.pid)
    await guest.stop()
    expect(findProcess(starter.pid)).toBeDefined()
    starter.child.kill('SIGKILL')
  })

  test('runs one server when two starts meet on an empty folder', async () => {
    const dataDir = newFolder()
    const [a, b] = await Promise.all([startInChild(dataDir), startInChild(dataDir)])
    expect(a.pid).toBe(b.pid)
    a.child.kill('SIGKILL')
    b.child.kill('SIGKILL')
  })

  test('loses no committed row when the server is killed while writing', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await query(first.url, 'create table row_written (n int primary key)')
    const client = new pg.Client({ connectionString: first.url })
    client.on('error', () => undefined)
    await client.connect()
    let committed = 0
    const writing = (async () => {
      for (let n = 1; ; n++) {
        await client.query('insert into row_written values ($1)', [n])
        committed = n
      }
    })().catch(() => undefined)
    while (committed < 200) await new Promise((done) => setTimeout(done, 5))
    process.kill(-first.pid, 'SIGKILL')
    await writing

    const second = await start(dataDir)
    const [row] = await query(second.url, 'select count(*)::int as rows, max(n) as last from row_written')
    // The last row may have been committed although its answer never came.
    expect(row?.['rows']).toBe(row?.['last'])
    expect(Number(row?.['last'])).toBeGreaterThanOrEqual(committed)
    await second.stop()
  })

  test('takes the number of a dead server that another program got since for what it is', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await first.stop()
    const cluster = join(dataDir, 'pg18')
    writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n\nready\n`)
    const second = await start(dataDir)
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.stop()
  })

  test('says in one sentence that the folder is damaged, and touches nothing in it', async () => {
    const dataDir = newFolder()
    mkdirSync(join(dataDir, 'pg18'))
    writeFileSync(join(dataDir, 'pg18', 'something'), 'kept')
    await expect(start(dataDir)).rejects.toThrow(/pg18 is damaged \(PG_VERSION is missing\)/)
    await expect(start(dataDir)).rejects.toThrow(StartError)
  })

  test('says in one sentence why PostgreSQL does not start', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await first.stop()
    rmSync(join(dataDir, 'pg18', 'global', 'pg_control'))
    await expect(start(dataDir)).rejects.toThrow(/pg18 does not start: could not find the database system/)
  })

  test('says in one sentence that the disk is full', () => {
    const error = startErrorOfFolder('/data', new Error('could not extend file: No space left on device'))
    expect(error.message).toBe('The disk that holds /data is full: free some space and start again.')
  })

  if (isRoot) {
    test('keeps the data in the system folder when the account cannot reach the wanted one', async () => {
      const secret = newFolder()
      chmodSync(secret, 0o700)
      const systemDir = newFolder()
      const server = await start(join(secret, '.data'), systemDir)
      expect(server.dataRoot.startsWith(`${systemDir}/data-`)).toBe(true)
      await server.stop()
    })

    test('runs under nobody where there is no postgres account', async () => {
      const server = await startEmbedded({ dataDir: newFolder(), accounts: ['no-such-account', 'nobody'] })
      serverPids.push(server.pid)
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
      await server.stop()
    })

    test('asks for DATABASE_URL when root has no account to run it under', () => {
      expect(() => chooseAccount(['no-such-account'])).toThrow(/set DATABASE_URL/)
    })

    // A checkout that nobody can read cannot be run by nobody.
    const nobody = chooseAccount(['nobody'])
    if (canReach(new URL('.', import.meta.url).pathname, nobody) && canReach(process.execPath, nobody)) {
      test('says in one sentence that a user without a name cannot run it', async () => {
        const dataDir = newFolder()
        chmodSync(dataDir, 0o777)
        const starting = startInChild(dataDir, { uid: 54321, gid: 54321 })
        await expect(starting).rejects.toThrow(/The user id 54321 has no name on this machine/)
      })

      test('starts for an ordinary user, under that user', async () => {
        const dataDir = newFolder()
        chmodSync(dataDir, 0o777)
        const starter = await startInChild(dataDir, nobody.switchTo)
        expect(findProcess(starter.pid)).toBeDefined()
        expect(starter.dataRoot).toBe(dataDir)
        starter.child.kill('SIGKILL')
      })
    }
  }
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'choba-embedded-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

async function start(dataDir: string, systemDir = '/nonexistent'): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, systemDir })
  serverPids.push(server.pid)
  return server
}

interface Starter {
  child: ChildProcess
  pid: number
  dataRoot: string
}

/** A starter of its own, which stays alive until it is killed. */
async function startInChild(dataDir: string, user?: { uid: number; gid: number }): Promise<Starter> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(LAUNCHER)}
    const { pid, dataRoot } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, systemDir: '/nonexistent' })
    console.log(JSON.stringify({ pid, dataRoot }))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (bytes) => (complaint += String(bytes)))
  const line = await new Promise<string>((done, fail) => {
    child.stdout.once('data', (bytes) => done(String(bytes)))
    child.once('close', (code) => fail(new Error(`the starter ended with ${code}: ${complaint}`)))
  })
  const { pid, dataRoot }: { pid: number; dataRoot: string } = JSON.parse(line)
  serverPids.push(pid)
  return { child, pid, dataRoot }
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => ((child.exitCode ?? child.signalCode) ? done() : child.once('exit', () => done())))
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
