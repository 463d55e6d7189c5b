import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '@choba/shared/dates.ts'
import type { PaymentFilter } from '@choba/shared/filters/payments.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createMerchant, playRandomHistory, type TestMerchant } from '../testing/factory.ts'
import { type Db, openDatabase } from './client.ts'
import { pageSql, type PageRequest, selectionOf, type Shape, shapesOf, whereOf } from './filter-to-sql.ts'

const MERCHANT = '019aa000-0000-7000-8000-000000000001'
const SHOPS = ['019aa000-0000-7000-8000-000000000011', '019aa000-0000-7000-8000-000000000012']
const BOOKED_IN_TWO_DAYS: PaymentFilter = {
  dateBy: 'captured',
  from: businessDate('2026-09-01'),
  to: businessDate('2026-09-02'),
}
const PLACE = { value: '2026-10-01T03:00:00.000000Z', id: '019aa000-0000-7000-8000-0000000000aa' }

let database: TestDatabase
let db: Db
let merchant: TestMerchant

beforeAll(async () => {
  database = await createTestDatabase()
  // One connection each: what it counted is flushed before it is read.
  db = openDatabase(database.url, { max: 1 })
  merchant = await createMerchant(db.owner)
  await playRandomHistory(db.owner, merchant, { seed: 3, payments: 300 })
  await fill()
  await sql`analyze payment`.execute(db.owner)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

/** Copies of played payments under their own ids, times and names, so that the planner has something to choose between. */
async function fill(): Promise<void> {
  await sql`
    insert into payment (merchant_id, payment_id, shop_id, ordered_at, amount_yen, captured_yen, ordered_on, captured_on, paid_out_on, version, method, status, site, billing_method, connection_method, connection_id,
      order_number, provider_id, slip_number, customer_name, customer_kana, phone, state)
    select merchant_id, gen_random_uuid(), shop_id, ordered_at + n * interval '37 minutes', amount_yen + n * 7, captured_yen, ordered_on, captured_on + n % 300, paid_out_on + n % 300, version, method, status, site, billing_method, connection_method, connection_id,
      'C' || n || '-' || order_number, provider_id || n, slip_number || n, chr(19968 + n * 7) || chr(19968 + n * 11) || customer_name, customer_kana, '080' || lpad((n * 7919)::text, 8, '0'), state
    from payment cross join generate_series(1, 60) n where merchant_id = ${merchant.merchantId}::uuid`.execute(db.owner)
}

function request(given: Partial<PageRequest> = {}): PageRequest {
  return { sort: 'orderedAt', direction: 'desc', toward: 'next', limit: 50, beyond: undefined, ...given }
}

const CASES: ReadonlyArray<readonly [string, PaymentFilter, Partial<PageRequest>, readonly Shape[]]> = [
  ['everything, newest first', {}, {}, ['walk']],
  ['the next page', {}, { beyond: PLACE }, ['walk']],
  ['the page before', {}, { beyond: PLACE, toward: 'previous' }, ['walk']],
  ['oldest first', {}, { beyond: PLACE, direction: 'asc' }, ['walk']],
  ['by the day it was booked', {}, { sort: 'capturedOn', beyond: { ...PLACE, value: '2026-10-01' } }, ['walk']],
  ['by the day it was paid out', {}, { sort: 'paidOutOn', direction: 'asc' }, ['walk']],
  ['by amount', {}, { sort: 'amountYen', beyond: { ...PLACE, value: '11000' } }, ['walk']],
  ['a method alone is common', { method: ['card'] }, {}, ['walk']],
  ['a status over all shops', { status: ['on_hold'] }, { beyond: PLACE }, ['combinations']],
  [
    'shops, methods, statuses and days',
    {
      shop: SHOPS,
      method: ['card'],
      status: ['captured', 'settled'],
      from: businessDate('2026-09-01'),
      to: businessDate('2026-09-30'),
    },
    {},
    ['combinations'],
  ],
  [
    'too many combinations',
    { status: ['registered', 'in_review', 'on_hold', 'rejected', 'authorized', 'awaiting_payment', 'captured'] },
    {},
    ['walk'],
  ],
  ['a status in another order', { status: ['on_hold'] }, { sort: 'amountYen' }, ['walk']],
  [
    'a few days of settlement',
    { dateBy: 'captured', from: businessDate('2026-09-01'), to: businessDate('2026-09-03') },
    {},
    ['index'],
  ],
  ['a long stretch of settlement', { dateBy: 'paid_out', from: businessDate('2026-01-01') }, {}, ['walk']],
  ['an amount to the yen', { amountMin: 5500, amountMax: 5500 }, {}, ['index']],
  ['tags', { tag: SHOPS, status: ['captured'] }, {}, ['newest', 'index']],
  ['an order number', { q: 'r000012-7' }, {}, ['newest', 'index']],
  ['a telephone number', { q: '090-1234' }, {}, ['newest', 'index']],
  ['a name', { q: '高橋 一', from: businessDate('2026-09-01') }, {}, ['newest', 'index']],
  ['two characters', { q: '高橋' }, {}, ['newest', 'index']],
  ['one character', { q: '森' }, {}, ['newest', 'index']],
]

test.for(CASES)('reads %s in its shape', ([, filter, given, shapes]) => {
  const selection = selectionOf(MERCHANT, filter)
  expect(shapesOf(selection, request(given))).toEqual(shapes)
  for (const shape of shapes) {
    const { sql: text, parameters } = pageSql(selection, request(given), shape).compile(db.owner)
    expect({ shape, text, parameters }).toMatchSnapshot()
  }
})

/** As the role that row-level security binds: what the owner could use is no proof. */
async function planOf(filter: PaymentFilter, given: Partial<PageRequest>): Promise<string> {
  const selection = selectionOf(merchant.merchantId, filter)
  const full = request(given)
  const shape = shapesOf(selection, full).at(-1) as Shape
  const { rows } = await sql<{ queryPlan: string }>`explain ${pageSql(selection, full, shape)}`.execute(
    db.merchant(merchant.merchantId),
  )
  return rows.map((row) => Object.values(row).join()).join('\n')
}

test.for([
  ['the newest', {}, {}, 'payment_by_time'],
  ['a deep page', {}, { beyond: PLACE }, 'payment_by_time'],
  ['the order of booking', {}, { sort: 'capturedOn' }, 'payment_by_captured_on'],
  ['the order of payout, backwards', {}, { sort: 'paidOutOn', direction: 'asc' }, 'payment_by_paid_out_on'],
  ['the order of amount', {}, { sort: 'amountYen' }, 'payment_by_amount'],
  ['a rare status', { status: ['failed'] }, {}, 'payment_by_combination'],
  ['a few days of booking', BOOKED_IN_TWO_DAYS, {}, 'payment_by_captured_on'],
  ['an amount', { amountMin: 5507, amountMax: 5507 }, {}, 'payment_by_amount'],
] as const satisfies ReadonlyArray<readonly [string, PaymentFilter, Partial<PageRequest>, string]>)(
  '%s is read through its index',
  async ([, filter, given, index]) => {
    const plan = await planOf(filter, given)
    expect(plan).toMatch(new RegExp(`using ${index}\\b|on ${index}\\b`))
    expect(plan).not.toContain('Seq Scan on payment')
  },
)

test.for([
  ['orderedAt', PLACE.value],
  ['capturedOn', '2026-08-01'],
  ['paidOutOn', '2026-08-01'],
  ['amountYen', '11000'],
] as const)('a page deep in the order of %s begins at its place in the index', async ([sort, value]) => {
  for (const direction of ['asc', 'desc'] as const) {
    expect(await planOf({}, { sort, direction, beyond: { ...PLACE, value } })).toMatch(/Index Cond: .*ROW\(/)
  }
})

/** How often each index was scanned, as the server counts it. */
async function scans(): Promise<Map<string, number>> {
  await sql`select pg_stat_force_next_flush()`.execute(db.merchant(merchant.merchantId))
  await sql`select 1`.execute(db.merchant(merchant.merchantId))
  const { rows } = await sql<{ name: string; n: number }>`
    select indexrelname as name, idx_scan as n from pg_stat_user_indexes where relname = 'payment'
    union all select 'whole table', seq_scan from pg_stat_user_tables where relname = 'payment'`.execute(db.owner)
  return new Map(rows.map(({ name, n }) => [name, n]))
}

test.for([
  [
    'C17-R000012',
    ['payment_by_order_number', 'payment_by_provider_id', 'payment_by_slip_number', 'payment_by_inquiry_number'],
  ],
  ['08000007919', ['payment_by_phone', 'payment_by_order_number', 'payment_by_amount']],
  ['丕両佐', ['payment_by_name']],
  ['丕両', ['payment_by_name_bigrams']],
] as const)('%s is searched through the indexes, under row-level security', async ([q, indexes]) => {
  const before = await scans()
  const page = pageSql<{ paymentId: string }>(selectionOf(merchant.merchantId, { q }), request(), 'index')
  const { rows } = await page.execute(db.merchant(merchant.merchantId))
  expect(rows.length).toBeGreaterThan(0)
  const after = await scans()
  for (const index of indexes)
    expect([index, (after.get(index) ?? 0) > (before.get(index) ?? 0)]).toEqual([index, true])
  expect(after.get('whole table')).toBe(before.get('whole table'))
})

test("the search function answers nothing about another merchant's payments", async () => {
  const stranger = await createMerchant(db.owner)
  const ask = sql<{
    id: string
  }>`select search_payments(${merchant.merchantId}::uuid, array['%'], null, null, null, '{}', null) as id`
  expect((await ask.execute(db.merchant(stranger.merchantId))).rows).toEqual([])
  expect((await ask.execute(db.merchant(merchant.merchantId))).rows.length).toBeGreaterThan(0)
})

test('every shape finds the same rows', async () => {
  for (const filter of [
    { status: ['on_hold', 'failed'] },
    { shop: [...merchant.shops], method: ['card'] },
    { status: ['captured'], from: businessDate('2026-07-01') },
  ] satisfies PaymentFilter[]) {
    const selection = selectionOf(merchant.merchantId, filter)
    const full = request({ limit: 200, beyond: PLACE })
    const pages = await Promise.all(
      (['combinations', 'walk', 'index'] as const).map(async (shape) =>
        (await pageSql<{ paymentId: string }>(selection, full, shape).execute(db.owner)).rows.map(
          (row) => row.paymentId,
        ),
      ),
    )
    expect(pages[0]?.length).toBeGreaterThan(0)
    expect(pages[1]).toEqual(pages[0])
    expect(pages[2]).toEqual(pages[0])
  }
})

test('the newest rows hold only what the whole selection holds', async () => {
  for (const q of ['佐藤', 'C17', '5500', '森', 'サト']) {
    const selection = selectionOf(merchant.merchantId, { q })
    const newest = (await pageSql<{ paymentId: string }>(selection, request(), 'newest').execute(db.owner)).rows
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from payment where payment_id = any(${newest.map((row) => row.paymentId)}::uuid[]) and ${whereOf(selection)}`.execute(
      db.owner,
    )
    expect([q, rows[0]?.n]).toEqual([q, newest.length])
  }
})
