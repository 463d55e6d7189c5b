import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { yen } from '@choba/shared/money.ts'
import { type Db, openDatabase } from '../db/client.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import {
  changeOf,
  createMerchant,
  randomOrder,
  registerPayment,
  type TestMerchant,
  tellPayment,
} from '../testing/factory.ts'
import { playHistory } from '../testing/history.ts'
import { randomFrom } from '../testing/random.ts'
import { genesisHash, nextHash } from './canonical.ts'
import { type Change, lockPayments, record } from './record.ts'

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

/** Everything the door writes of a merchant, without ids and instants of the writing itself. */
async function booksOf({ merchantId }: TestMerchant) {
  const query = async (text: string) =>
    (await sql.raw<Record<string, unknown>>(text.replaceAll('$m', `'${merchantId}'::uuid`)).execute(db.owner)).rows
  return {
    payments:
      await query(`select order_number, order_branch, to_jsonb(p) - 'payment_id' - 'merchant_id' - 'shop_id' - 'connection_id' - 'updated_at' - 'state' as row,
      (state #- '{books,shopId}') #- '{books,connectionId}' as state from payment p where merchant_id = $m order by order_number, order_branch`),
    events: await query(
      `select order_number, sequence, type, at, e.data - 'shopId' - 'connectionId' as data from payment_event e join payment p using (merchant_id, payment_id) where merchant_id = $m order by order_number, sequence`,
    ),
    postings:
      await query(`select order_number, e.sequence, e.kind, e.booked_on, l.line, l.account, l.sub_account, l.tax_class, l.amount_yen from journal_entry e join posting l using (merchant_id, entry_id)
      join payment p using (merchant_id, payment_id) where merchant_id = $m order by order_number, e.sequence, l.line`),
    rollups:
      await query(`select date_kind, day, method, status, site, billing_method, connection_method, sum(payments) n, sum(amount_yen) a, sum(captured_yen) c, sum(refunded_yen) r, sum(fee_yen) f
      from rollup_delta where merchant_id = $m group by 1, 2, 3, 4, 5, 6, 7 having (sum(payments), sum(amount_yen), sum(captured_yen), sum(refunded_yen), sum(fee_yen)) <> (0, 0, 0, 0, 0) order by 1, 2, 3, 4, 5, 6, 7`),
    details: await query(
      `select order_number, customer, delivery, goods from order_detail join payment using (merchant_id, payment_id) where merchant_id = $m order by order_number`,
    ),
  }
}

test('a set of changes recorded at once leaves the same books as each event recorded by itself', async () => {
  const [atOnce, oneByOne] = await Promise.all([createMerchant(db.owner), createMerchant(db.owner)])
  const changes = (merchant: TestMerchant): Change[] => {
    const random = randomFrom(42)
    return Array.from({ length: 60 }, (_, n) => {
      const { order, life } = randomOrder(random, merchant, n)
      return changeOf(merchant, order, playHistory(random, life))
    })
  }
  await record(db.owner, atOnce.merchantId, changes(atOnce))
  for (const change of changes(oneByOne)) {
    for (const [index, event] of change.events.entries()) {
      await db.owner.transaction().execute(async (tx) => {
        const before = (await lockPayments(tx, oneByOne.merchantId, [change.paymentId])).get(change.paymentId)
        const { sheet, ...rest } = change
        await record(tx, oneByOne.merchantId, [
          { ...rest, before, events: [event], ...(index === 0 && sheet ? { sheet } : {}) },
        ])
      })
    }
  }
  const expected = await booksOf(atOnce)
  expect(expected.payments).toHaveLength(60)
  expect(expected.postings.length).toBeGreaterThan(60)
  expect(await booksOf(oneByOne)).toEqual(expected)
})

test('several changes of one payment in one call apply in their order', async () => {
  const merchant = await createMerchant(db.owner)
  const opening = changeOf(merchant, { orderNumber: 'TWICE' }, [])
  const later = {
    ...opening,
    events: [
      {
        at: '2026-10-01T04:00:00.000Z',
        event: { type: 'authorized', providerId: 'p1', transactionId: null, brand: null },
      },
    ],
  } as const
  const { sheet: _, ...second } = later
  await record(db.owner, merchant.merchantId, [opening, second])
  const row = await db.owner
    .selectFrom('payment')
    .select(['version', 'status'])
    .where('paymentId', '=', opening.paymentId)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ version: 2, status: 'authorized' })
})

test('events are chained by hash along the merchant, from its own beginning', async () => {
  const merchant = await createMerchant(db.owner)
  for (let n = 0; n < 3; n += 1) await registerPayment(db.owner, merchant)
  const { rows } = await sql<{
    position: number
    hash: Buffer
  }>`select position, hash from payment_event where merchant_id = ${merchant.merchantId}::uuid order by position`.execute(
    db.owner,
  )
  const head = await db.owner
    .selectFrom('chainHead')
    .selectAll()
    .where('merchantId', '=', merchant.merchantId)
    .executeTakeFirstOrThrow()
  expect(rows.map((row) => row.position)).toEqual([1, 2, 3])
  expect([head.position, head.hash.equals(rows[2]?.hash as Buffer)]).toEqual([3, true])
  expect(rows[0]?.hash.equals(nextHash(genesisHash(merchant.merchantId), Buffer.alloc(32)))).toBe(false)
  expect(new Set(rows.map((row) => row.hash.toString('hex'))).size).toBe(3)
})

test('an order is registered once, whoever asks twice', async () => {
  const merchant = await createMerchant(db.owner)
  await registerPayment(db.owner, merchant, { orderNumber: 'ONCE' })
  await expect(registerPayment(db.owner, merchant, { orderNumber: 'ONCE' })).rejects.toMatchObject({
    constraint: 'payment_order_unique',
  })
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from payment_event where merchant_id = ${merchant.merchantId}::uuid`.execute(db.owner)
  expect(rows).toEqual([{ n: 1 }])
})

test('the books refuse to be changed, and an entry that does not balance', async () => {
  const merchant = await createMerchant(db.owner)
  const paymentId = await registerPayment(db.owner, merchant, { method: 'card' }, [
    {
      at: '2026-10-01T04:00:00.000Z',
      news: { kind: 'authorized', providerId: 'p1', transactionId: null, brand: null },
    },
    { at: '2026-10-02T04:00:00.000Z', news: { kind: 'captured', amountYen: yen(11_000) } },
  ])
  for (const statement of [
    "update payment_event set type = 'x'",
    'delete from posting',
    'delete from journal_entry',
    'truncate posting',
  ]) {
    await expect(sql.raw(statement).execute(db.owner)).rejects.toMatchObject({ code: '23001' })
  }
  await expect(
    sql`insert into posting (merchant_id, entry_id, line, account, amount_yen) select merchant_id, entry_id, 99, 'bank', 1 from journal_entry where payment_id = ${paymentId}::uuid limit 1`.execute(
      db.owner,
    ),
  ).rejects.toMatchObject({ constraint: 'posting_balanced' })
})

test('concurrent news of many payments never deadlocks and numbers every event once', async () => {
  const merchant = await createMerchant(db.owner)
  const ids = await Promise.all(Array.from({ length: 6 }, () => registerPayment(db.owner, merchant)))
  await Promise.all(
    Array.from({ length: 24 }, (_, n) =>
      db.owner.transaction().execute((tx) =>
        tellPayment(tx, merchant.merchantId, ids[n % ids.length] as string, [
          {
            at: '2026-10-01T04:00:00.000Z',
            news: { kind: 'authorized', providerId: `p${n % ids.length}`, transactionId: null, brand: null },
          },
        ]),
      ),
    ),
  )
  const { rows } = await sql<{
    position: number
  }>`select position from payment_event where merchant_id = ${merchant.merchantId}::uuid order by position`.execute(
    db.owner,
  )
  expect(rows.map((row) => row.position)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
})
