/**
 * A database that is in use comes up to date: each file of `testing/upgrades` holds the rows of one as it was at the
 * migration it is named after, and every later migration runs over it, so that the next one is tried without a new test.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { verifyMerchant } from '../ledger/verify.ts'
import { createEmptyDatabase } from '../testing/database.ts'
import { type Db, openDatabase } from './client.ts'
import { migrate, migrator, pendingMigrations } from './migrate.ts'

const FOLDER = join(import.meta.dirname, '../testing/upgrades')
const FILLED_AT = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.slice(0, -'.sql'.length))
/** What is only ever added to, whatever its table gains. */
const BOOKS = ['payment_event', 'journal_entry', 'posting']

const closing: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** An old database with the rows of its file. */
async function openFilled(migration: string): Promise<{ db: Db; url: string }> {
  const { url, drop } = await createEmptyDatabase()
  const db = openDatabase(url, { max: 2 })
  closing.push(drop, () => db.close())
  await runMigrations({ pgPool: db.pool })
  const { error } = await migrator(db.owner as never).migrateTo(migration)
  if (error) throw error
  const rows = readFileSync(join(FOLDER, `${migration}.sql`), 'utf8')
  // The rows came in through the doors once; their triggers are not asked again.
  await db.pool.query(`begin; set local session_replication_role = replica; ${rows} commit`)
  return { db, url }
}

type Row = Readonly<Record<string, unknown>>
type Standing = { readonly counts: ReadonlyMap<string, number>; readonly books: ReadonlyMap<string, readonly Row[]> }

/** How many rows each table has, and the words of the books in the columns they have now. */
async function standing(db: Db): Promise<Standing> {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'`,
  )
  const counts = new Map<string, number>()
  for (const { name } of tables) {
    const { rows } = await db.pool.query<{ n: number }>(`select count(*) as n from "${name}"`)
    counts.set(name, rows[0]?.n ?? 0)
  }
  const books = new Map<string, Row[]>()
  for (const name of BOOKS) {
    const { rows } = await db.pool.query<{ row: Row }>(`select to_jsonb(t) as row from "${name}" t order by t::text`)
    books.set(
      name,
      rows.map(({ row }) => row),
    )
  }
  return { counts, books }
}

const WHOLE = { pending: [], lost: [], rewritten: [], differences: [] }

/** What the new schema has not of what stood before; the books recompute from their events. */
async function lossesOf(db: Db, before: Standing): Promise<Record<keyof typeof WHOLE, readonly unknown[]>> {
  const after = await standing(db)
  const { rows: merchants } = await sql<{ merchantId: string }>`select merchant_id from merchant`.execute(db.owner)
  const reports = await Promise.all(merchants.map(({ merchantId }) => verifyMerchant(db.owner, merchantId)))
  return {
    pending: await pendingMigrations(db.owner as never),
    lost: [...before.counts].filter(([table, count]) => (after.counts.get(table) ?? 0) < count),
    rewritten: BOOKS.filter((table) => !isSame(before.books.get(table) ?? [], after.books.get(table) ?? [])),
    differences: reports.flatMap((report) => report.differences),
  }
}

/** A table may gain columns; what a row said, it still says. */
function isSame(before: readonly Row[], after: readonly Row[]): boolean {
  return (
    before.length === after.length &&
    before.every((row, index) =>
      Object.entries(row).every(([name, value]) => isDeepStrictEqual(value, after[index]?.[name])),
    )
  )
}

describe.each(FILLED_AT)('a database filled at %s', (migration) => {
  test('comes up to date in one start, with every row and books that verify', async () => {
    const { db, url } = await openFilled(migration)
    const before = await standing(db)
    await migrate(url)
    expect(await lossesOf(db, before)).toEqual(WHOLE)
  })

  test('comes up to date release by release', async () => {
    const { db } = await openFilled(migration)
    const before = await standing(db)
    while ((await pendingMigrations(db.owner as never)).length > 0) {
      const { error } = await migrator(db.owner as never).migrateUp()
      if (error) throw error
    }
    expect(await lossesOf(db, before)).toEqual(WHOLE)
  })
})

test('the oldest of them holds every method, sold and unsold, paid out and given back', async () => {
  const { db } = await openFilled(FILLED_AT.toSorted()[0] ?? '')
  const { rows } = await db.pool.query<{ method: string; states: string[] }>(
    `select method, array_agg(distinct status order by status) as states from payment group by method order by method`,
  )
  expect(rows).toEqual([
    { method: 'card', states: ['authorized', 'captured', 'paid_out', 'refunded', 'rejected'] },
    { method: 'convenience_store', states: ['expired', 'paid_out', 'settled'] },
    {
      method: 'np_postpaid',
      states: ['arrived', 'authorized', 'cancelled', 'expired', 'on_hold', 'paid_out', 'rejected', 'settled'],
    },
  ])
})
