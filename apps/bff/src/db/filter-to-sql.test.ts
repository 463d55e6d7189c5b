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
const PLACE = { value: '2026-10-01T03:00:00.000000Z', id: '019aa000-0000-7000-8000-0000000000aa' }

let database: TestDatabase
let db: Db
let merchant: TestMerchant

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase(database.url)
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

async function planOf(filter: PaymentFilter, given: Partial<PageRequest> = {}): Promise<string> {
  const selection = selectionOf(merchant.merchantId, filter)
  const full = request(given)
  const shape = shapesOf(selection, full).at(-1) as Shape
  const { rows } = await sql<{ queryPlan: string }>`explain ${pageSql(selection, full, shape)}`.execute(db.owner)
  return rows.map((row) => Object.values(row).join('')).join('\n')
}

test.for([
  ['the newest', {}, {}, ['payment_by_time']],
  ['a deep page', {}, { beyond: PLACE }, ['payment_by_time']],
  ['the order of booking', {}, { sort: 'capturedOn' }, ['payment_by_captured_on']],
  ['the order of payout, backwards', {}, { sort: 'paidOutOn', direction: 'asc' }, ['payment_by_paid_out_on']],
  ['the order of amount', {}, { sort: 'amountYen' }, ['payment_by_amount']],
  ['a rare status', { status: ['failed'] }, {}, ['payment_by_combination']],
  [
    'a few days of booking',
    { dateBy: 'captured', from: businessDate('2026-09-01'), to: businessDate('2026-09-02') },
    {},
    ['payment_by_captured_on'],
  ],
  ['an amount', { amountMin: 5507, amountMax: 5507 }, {}, ['payment_by_amount']],
  [
    'an order number',
    { q: 'C17-R000012' },
    {},
    ['payment_by_order_number', 'payment_by_provider_id', 'payment_by_slip_number', 'payment_by_inquiry_number'],
  ],
  [
    'a telephone number',
    { q: '08000007919' },
    {},
    ['payment_by_phone', 'payment_by_order_number', 'payment_by_amount'],
  ],
  ['a rare name', { q: '丕丵佐' }, {}, ['payment_by_name']],
  ['a rare pair of characters', { q: '丕丵' }, {}, ['payment_by_name_bigrams']],
] as const satisfies ReadonlyArray<readonly [string, PaymentFilter, Partial<PageRequest>, readonly string[]]>)(
  '%s is read through its index',
  async ([, filter, given, indexes]) => {
    const plan = await planOf(filter, given)
    for (const index of indexes) expect(plan).toMatch(new RegExp(`using ${index}\\b|on ${index}\\b`))
    expect(plan).not.toContain('Seq Scan on payment')
  },
)

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
