/** The process as the starter sees it: its sentences, its signals, and its patience with the database. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const SECRET = 'a secret of the tests, long enough'

let database: TestDatabase
const started: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
})
afterAll(() => database.drop())

type Bff = { readonly child: ChildProcess; readonly url: string; output(): string; exited: Promise<number | null> }

function start(environment: Record<string, string>, port = 20_000 + Math.floor(Math.random() * 10_000)): Bff {
  const env = {
    PATH: process.env['PATH'],
    PORT: String(port),
    DATABASE_URL: database.url,
    CHOBA_SECRET: SECRET,
    ...environment,
  }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  return { child, url: `http://127.0.0.1:${port}`, output: () => output, exited }
}

async function ready(bff: Bff): Promise<Bff> {
  const deadline = Date.now() + 20_000
  while ((await statusOf(`${bff.url}/readyz`)) !== 200) {
    if (Date.now() > deadline || bff.child.exitCode !== null) throw new Error(`not ready: ${bff.output()}`)
    await sleep(50)
  }
  return bff
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    (response) => response.status,
    () => 0,
  )
}

test.each([
  [{ CHOBA_SECRET: '' }, 'CHOBA_SECRET is not set'],
  [{ PORT: 'many' }, 'PORT must be a port number'],
  [{ DATABASE_URL: 'postgres://nobody:pw@127.0.0.1:1/none' }, 'The database does not answer'],
])('refuses to start in one sentence: %o', async (environment, sentence) => {
  const bff = start(environment as Record<string, string>)
  expect(await bff.exited).toBe(1)
  expect(bff.output().trim().split('\n')).toEqual([expect.stringContaining(sentence)])
  expect(bff.output()).not.toContain('pw@')
})

test('says when its port is taken', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as { port: number }
  const bff = start({}, port)
  expect(await bff.exited).toBe(1)
  expect(bff.output().trim()).toBe(`Port ${port} is taken: stop the other program, or set PORT.`)
  squatter.close()
})

test('answers what it has begun before it stops, and then leaves', async () => {
  const bff = await ready(start({}))
  const socket = connect(Number(new URL(bff.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  const body = JSON.stringify({ email: 'a@b.example', password: 'not the password' })
  socket.write(
    `POST /api/auth/sign-in/email HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await sleep(100)
  bff.child.kill('SIGTERM')
  await sleep(200)
  expect(await statusOf(`${bff.url}/healthz`)).toBe(0)
  socket.write(body)
  const sentAt = Date.now()
  expect(await bff.exited).toBe(0)
  expect(Date.now() - sentAt).toBeLessThan(3_000)
  expect(answer).toMatch(/^HTTP\/1\.1 401 [^]*auth\.invalid/)
})

test('outlives the loss of every database connection', async () => {
  const bff = await ready(start({}))
  const killer = new pg.Client({ connectionString: database.url })
  await killer.connect()
  for (let round = 0; round < 3; round++) {
    await killer.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await ready(bff)
  }
  await killer.end()
  expect(bff.child.exitCode).toBeNull()
  bff.child.kill('SIGTERM')
  expect(await bff.exited).toBe(0)
})

test('tells a code for the first merchant when it starts, and leaves one alone that the starter has told', async () => {
  const alone = await ready(start({}))
  await expect.poll(() => alone.output()).toContain('Setup code: ')
  const told = await setupCodeHash()
  const supervised = await ready(start({ CHOBA_TELL_SETUP_CODE: 'off' }))
  supervised.child.kill('SIGTERM')
  await supervised.exited
  expect(supervised.output()).not.toContain('Setup code')
  expect(await setupCodeHash()).toBe(told)
})

async function setupCodeHash(): Promise<string> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query<{ hash: string }>(
    `select encode(setup_code_hash, 'hex') as hash from installation`,
  )
  await client.end()
  return rows[0]?.hash ?? ''
}
