import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectionContext, secretBox } from '../core/secret-box.ts'
import { openDatabase } from '../db/client.ts'
import { verifyAll } from '../ledger/verify.ts'
import { createTestApp, TEST_SECRET, type TestApp } from '../testing/app.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createMerchant, playRandomHistory, type TestMerchant } from '../testing/factory.ts'
import { backUp } from './backup.ts'
import { encodeFrame, FORMAT, readFrames } from './backup-file.ts'
import { restore } from './restore.ts'

const HASH_KEY = 'a hash key that nobody else knows'

let house: TestApp
let books: TestMerchant
let target: TestDatabase
let folder: string
let file: string
beforeEach(async () => {
  house = await createTestApp()
  books = await createMerchant(house.deps.db.owner)
  await playRandomHistory(house.deps.db.owner, books, { seed: 7, payments: 60 })
  target = await createEmptyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  file = join(folder, 'books.choba')
})
afterEach(async () => {
  await house.close()
  await target.drop()
  await rm(folder, { recursive: true })
})

/** The database under test as it would be backed up again: every table's count and hash. */
async function tablesOf(url: string, name: string): Promise<Record<string, unknown>> {
  const db = openDatabase(url)
  try {
    const { tables } = await backUp(db, join(folder, name))
    return tables
  } finally {
    await db.close()
  }
}

test('a system under writes is backed up and restored: every table equal, the books verified, work still queued', async () => {
  const { db } = house.deps
  await sql`select graphile_worker.add_job('told-later', '{}'::json)`.execute(db.owner)
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'`.execute(db.owner)
  let isBusy = true
  let written = 0
  const writing = (async () => {
    for (; isBusy; written += 20)
      await playRandomHistory(db.owner, await createMerchant(db.owner), { seed: written, payments: 20 })
  })()
  const taken = await backUp(db, file)
  isBusy = false
  await writing
  expect(written).toBeGreaterThan(0)

  const report = await restore(target.url, file)
  expect(report.rows).toBe(taken.rows)
  const { 'graphile_worker._private_jobs': jobsBefore, ...before } = taken.tables
  const { 'graphile_worker._private_jobs': jobsAfter, ...after } = await tablesOf(target.url, 'again.choba')
  expect(after).toEqual(before)
  expect(jobsAfter).toMatchObject({ rows: jobsBefore?.rows })

  const restored = openDatabase(target.url)
  try {
    const verified = await verifyAll(restored.owner)
    expect(verified.length).toBeGreaterThan(0)
    expect(verified.flatMap(({ differences }) => differences)).toEqual([])
    const locked = await sql`select from graphile_worker._private_jobs where locked_by is not null`.execute(
      restored.owner,
    )
    expect(locked.rows).toEqual([])
    // What was added to stays guarded, and goes on where it stopped.
    await expect(sql`delete from payment_event`.execute(restored.owner)).rejects.toThrow(/append-only/)
    await playRandomHistory(restored.owner, books, { seed: 99, payments: 20 })
    expect((await verifyAll(restored.owner)).flatMap(({ differences }) => differences)).toEqual([])
  } finally {
    await restored.close()
  }
})

test('a backup shows no password, no session and no secret; without the key its boxes stay shut', async () => {
  const { db } = house.deps
  const context = connectionContext(books.merchantId, Object.values(books.connections)[0] as string)
  const box = secretBox(TEST_SECRET).seal(JSON.stringify({ hashKey: HASH_KEY }), context)
  await db.owner.updateTable('connection').set({ secretBox: box }).execute()
  const { cookie } = await house.signIn('admin')
  const token = decodeURIComponent(cookie.split('=')[1] as string).split('.')[0] as string
  await backUp(db, file)

  const text = gunzipSync(await readFile(file)).toString('utf8')
  expect(text).toContain(box)
  for (const known of [HASH_KEY, TEST_SECRET, 'correct horse battery', token]) expect(text).not.toContain(known)
  expect(() => secretBox('another key, as long as the first').open(box, context)).toThrow(/authenticate/)
})

test('a file that was changed, cut short or never was a backup is refused before the database is touched', async () => {
  await backUp(house.deps.db, file)
  const whole = await readFile(file)
  const plain = gunzipSync(whole)
  const at = plain.indexOf('試し茶舗')
  plain[at] = (plain[at] as number) ^ 1
  for (const [bytes, words] of [
    [gzipSync(plain), /merchant is not what was written/],
    [whole.subarray(0, whole.length / 2), /cannot be restored/],
    [gzipSync(gunzipSync(whole).subarray(0, 4000)), /cannot be restored/],
    [Buffer.from('PGDMP'), /cannot be restored/],
  ] as const) {
    await writeFile(join(folder, 'bad'), bytes)
    await expect(restore(target.url, join(folder, 'bad'))).rejects.toThrow(words)
  }
  await expect(restore(target.url, join(folder, 'absent'))).rejects.toThrow(/cannot be restored/)
  await restore(target.url, file)
})

test('a newer version and a database in use are refused in words', async () => {
  await backUp(house.deps.db, file)
  await expect(restore(house.deps.env.databaseUrl, file)).rejects.toThrow(/not empty/)
  const head = { format: FORMAT, takenAt: '', migrations: ['20991231T0000Z-later'], queueVersion: 1 } as const
  const newer = [encodeFrame({ kind: 'head', head }), encodeFrame({ kind: 'tail', tail: { sequences: [], tables: 0 } })]
  await writeFile(join(folder, 'newer'), gzipSync(Buffer.concat(newer)))
  await expect(restore(target.url, join(folder, 'newer'))).rejects.toThrow(/newer version/)
})

test('a restore that dies on the way leaves an empty database, which says so and can be restored into', async () => {
  await backUp(house.deps.db, file)
  const migrated = await createTestDatabase()
  const killer = openDatabase(migrated.url)
  try {
    // The server ends the restoring connection while rows are going in, as it does when the process is killed.
    const dying = restore(migrated.url, file)
    const killing = (async () => {
      for (let killed = 0; killed === 0;) {
        const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query like 'copy %from stdin%'`.execute(killer.owner)
        killed = rows.length
      }
    })()
    await expect(dying).rejects.toThrow(/terminat|connection/i)
    await killing
    expect(await killer.owner.selectFrom('merchant').selectAll().execute()).toEqual([])
    await restore(migrated.url, file)
    const { 'graphile_worker._private_jobs': _, ...after } = await tablesOf(migrated.url, 'again.choba')
    const ends: unknown[] = []
    for await (const frame of readFrames(file)) if (frame.kind === 'tableEnd') ends.push(frame.end)
    for (const end of Object.values(after)) expect(ends).toContainEqual(end)
  } finally {
    await killer.close()
    await migrated.drop()
  }
})

test('a file that exists is not written over, and none is left behind by a backup that failed', async () => {
  await writeFile(file, 'mine')
  await expect(backUp(house.deps.db, file)).rejects.toThrow(/exists already/)
  await expect(backUp(house.deps.db, join(folder, 'no', 'such'))).rejects.toThrow(/cannot be written/)
  expect(await readdir(folder)).toEqual(['books.choba'])
})
