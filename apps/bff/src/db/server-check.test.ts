import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from './embedded.ts'
import { checkServer } from './server-check.ts'

describe('an external server', () => {
  let folder: string
  let server: Embedded

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'choba-check-'))
    server = await startEmbedded({ dataDir: folder, settings: { fsync: 'off' } })
    await run("create database ascii encoding 'SQL_ASCII' locale_provider libc locale 'C' template template0")
    await run("create database plain_c encoding 'UTF8' locale_provider libc locale 'C' template template0")
    await run("create role visitor login password 'visitor'")
    await run('grant create on database choba to visitor')
  }, 60_000)

  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is taken when it can carry the product, and is left as it was', async () => {
    await expect(checkServer(server.url)).resolves.toBeUndefined()
    expect(await run("select 1 from pg_extension where extname = 'pg_trgm'")).toBe(0)
  })

  test('is refused when nothing listens there', async () => {
    await expect(checkServer('postgres://choba@127.0.0.1:1/choba')).rejects.toThrow(
      /^DATABASE_URL: cannot log in to 127\.0\.0\.1:1\/choba: .*ECONNREFUSED/,
    )
  })

  test('is refused when it does not answer within five seconds', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const { port } = silent.address() as { port: number }
    await expect(checkServer(`postgres://choba@127.0.0.1:${port}/choba`)).rejects.toThrow(/no answer within 5 s$/)
    silent.close()
  }, 10_000)

  test('is refused without showing the password when the password is wrong', async () => {
    const url = new URL(server.url)
    url.password = 'not-this-one'
    const refusal = await checkServer(url.href).catch(String)
    expect(refusal).toMatch(/password authentication failed/)
    expect(refusal).not.toContain('not-this-one')
  })

  test('is refused when its encoding is not UTF8', async () => {
    await expect(checkServer(inDatabase('ascii'))).rejects.toThrow(/is encoded in SQL_ASCII, and Choba needs UTF8/)
  })

  test('is refused when trigram search would find nothing in Japanese', async () => {
    await expect(checkServer(inDatabase('plain_c'))).rejects.toThrow(/LC_CTYPE C, under which Japanese text cannot/)
  })

  test('is refused when the user may not create roles, until the application role exists', async () => {
    const url = new URL(server.url)
    url.username = 'visitor'
    url.password = 'visitor'
    await expect(checkServer(url.href)).rejects.toThrow(/may not create roles and the role choba_app does not exist/)
    await run('create role choba_app')
    await expect(checkServer(url.href)).resolves.toBeUndefined()
  })

  test('is refused when the address is no address', async () => {
    await expect(checkServer('mysql://localhost/choba')).rejects.toThrow(/must look like postgres:\/\//)
  })

  function inDatabase(name: string): string {
    const url = new URL(server.url)
    url.pathname = `/${name}`
    return url.href
  }

  async function run(sql: string): Promise<number> {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    try {
      return (await client.query(sql)).rowCount ?? 0
    } finally {
      await client.end()
    }
  }
})
