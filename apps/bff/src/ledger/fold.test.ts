import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, openDatabase } from '../db/client.ts'
import { rollupTotalsSql } from '../db/rollup-totals.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createMerchant, playRandomHistory, type TestMerchant } from '../testing/factory.ts'
import { foldRollups } from './fold.ts'

let database: TestDatabase
let db: Db

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase(database.url)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

/** Cells of the rollups that differ from a recount of the payments themselves. */
async function differences(merchant: TestMerchant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with kept as (
      select date_kind, day, shop_id, method, status, site, billing_method, connection_method, payments, amount_yen, captured_yen, refunded_yen, fee_yen from rollup_day where merchant_id = ${merchant.merchantId}::uuid
      union all select date_kind, day, shop_id, method, status, site, billing_method, connection_method, payments, amount_yen, captured_yen, refunded_yen, fee_yen from rollup_delta where merchant_id = ${merchant.merchantId}::uuid
    ), counted as (
      select kind, day, shop_id, method, status, site, billing_method, connection_method, -1::bigint, -amount_yen, -captured_yen, -refunded_yen, -fee_yen
      from payment cross join lateral (values ('ordered', ordered_on), ('captured', captured_on), ('paid_out', paid_out_on)) d(kind, day)
      where merchant_id = ${merchant.merchantId}::uuid and day is not null
    ), cells as (
      select date_kind, day, shop_id, method, status, site, billing_method, connection_method, sum(payments) p, sum(amount_yen) a, sum(captured_yen) c, sum(refunded_yen) r, sum(fee_yen) f
      from (select * from kept union all select * from counted) x group by 1, 2, 3, 4, 5, 6, 7, 8
    ) select count(*) as n from cells where (p, a, c, r, f) <> (0, 0, 0, 0, 0)`.execute(db.owner)
  return rows[0]?.n ?? -1
}

/** Months hold the sums of their days. */
async function monthDifferences(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select merchant_id, date_kind, date_trunc('month', day)::date, status, sum(payments), sum(amount_yen) from rollup_day group by 1, 2, 3, 4
      except select merchant_id, date_kind, day, status, sum(payments), sum(amount_yen) from rollup_month group by 1, 2, 3, 4) x`.execute(
    db.owner,
  )
  return rows[0]?.n ?? -1
}

test('folding while others write loses nothing and doubles nothing, at every moment', async () => {
  const merchants = await Promise.all([createMerchant(db.owner), createMerchant(db.owner), createMerchant(db.owner)])
  let isWriting = true
  const writers = Promise.all(
    merchants.map((merchant, seed) => playRandomHistory(db.owner, merchant, { seed, payments: 800 })),
  ).then(() => (isWriting = false))
  let folded = 0
  const readings: boolean[] = []
  async function keepFolding(): Promise<void> {
    while (isWriting) {
      // Awaited first: the sum as it stands before the wait is not the sum to add to.
      const moved = await foldRollups(db.owner)
      folded += moved
    }
  }
  async function keepReading(): Promise<void> {
    while (isWriting) {
      // Both sums in one statement, so of one moment: payments committed, and payments the rollups tell of.
      const { merchantId } = merchants[0] as TestMerchant
      const { rows } = await sql<{ equal: boolean }>`
        select (select count(*) from payment where merchant_id = ${merchantId}::uuid) = (select count from (${rollupTotalsSql(merchantId, {})}) t) as equal`.execute(
        db.owner,
      )
      readings.push(rows[0]?.equal === true)
    }
  }
  await Promise.all([writers, keepFolding(), keepFolding(), keepReading()])
  folded += await foldRollups(db.owner)

  expect(folded).toBeGreaterThan(2_000)
  expect(readings.length).toBeGreaterThan(5)
  expect(readings.every(Boolean)).toBe(true)
  expect((await sql<{ n: number }>`select count(*) as n from rollup_delta`.execute(db.owner)).rows[0]?.n).toBe(0)
  for (const merchant of merchants) expect(await differences(merchant)).toBe(0)
  expect(await monthDifferences()).toBe(0)
})

test('folding nothing changes nothing', async () => {
  await foldRollups(db.owner)
  expect(await foldRollups(db.owner)).toBe(0)
})
