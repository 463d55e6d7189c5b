import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaymentRow, PaymentTotals } from '@choba/shared/contracts/payments.ts'
import { foldRollups } from '../../ledger/fold.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import {
  addConnections,
  playRandomHistory,
  randomFilter,
  registerPayment,
  type TestMerchant,
} from '../../testing/factory.ts'
import { randomFrom } from '../../testing/random.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'

const PAYMENTS = 600

let bff: TestApp
let client: TestClient
let merchant: TestMerchant
let other: TestMerchant

beforeAll(async () => {
  bff = await createTestApp()
  const { owner } = bff.deps.db
  client = await bff.signIn('accountant')
  merchant = await addConnections(owner, bff.merchantId, bff.shopIds)
  await playRandomHistory(owner, merchant, { seed: 7, payments: PAYMENTS })
  const elsewhere = await bff.signInElsewhere('admin')
  const shops = await owner.selectFrom('shop').select('shopId').where('merchantId', '=', elsewhere.merchantId).execute()
  other = await addConnections(
    owner,
    elsewhere.merchantId,
    shops.map((shop) => shop.shopId),
  )
  await registerPayment(owner, other, { orderNumber: 'OTHERS-1', name: '佐藤 よそ' })
  await sql`analyze payment`.execute(owner)
})

afterAll(() => bff.close())

type Page = { items: PaymentRow[]; nextCursor: string | null; previousCursor: string | null }

async function page(query: string): Promise<Page> {
  const response = await client.get(`/api/payments?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Page
}

async function totals(query: string): Promise<PaymentTotals> {
  const response = await client.get(`/api/payments/totals?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as PaymentTotals
}

async function everyPage(query: string): Promise<PaymentRow[]> {
  const rows: PaymentRow[] = []
  let cursor: string | null = null
  do {
    const next: Page = await page(`${query}&limit=200${cursor === null ? '' : `&cursor=${cursor}`}`)
    rows.push(...next.items)
    cursor = next.nextCursor
  } while (cursor !== null)
  return rows
}

function sumsOf(rows: readonly PaymentRow[]): PaymentTotals {
  const sum = (pick: (row: PaymentRow) => number) => rows.reduce((total, row) => total + pick(row), 0)
  return {
    count: rows.length,
    amountYen: sum((row) => row.amountYen),
    capturedYen: sum((row) => row.capturedYen),
    refundedYen: sum((row) => row.refundedYen),
    feeYen: sum((row) => row.feeYen),
    netYen: sum((row) => row.netYen),
  }
}

test('the played history holds every status', async () => {
  const rows = await everyPage('sort=orderedAt')
  expect(rows).toHaveLength(PAYMENTS)
  // What an undone import left behind is shown only to who asks for it.
  const shown = PAYMENT_STATUSES.filter((status) => status !== 'undone')
  expect([...new Set(rows.map((row) => row.status))].sort()).toEqual(shown.sort())
})

test.for(
  ['orderedAt', 'capturedOn', 'paidOutOn', 'amountYen'].flatMap((sort) => [
    `sort=${sort}&direction=desc`,
    `sort=${sort}&direction=asc`,
  ]),
)('pages by %s forth and back without gaps or repeats under ties', async (order) => {
  const whole = (await everyPage(order)).map((row) => row.id)
  expect(new Set(whole).size).toBe(PAYMENTS)
  const forth: string[] = []
  let at = await page(`${order}&limit=70`)
  expect(at.previousCursor).toBeNull()
  for (;;) {
    forth.push(...at.items.map((row) => row.id))
    if (at.nextCursor === null) break
    at = await page(`${order}&limit=70&cursor=${at.nextCursor}`)
  }
  expect(forth).toEqual(whole)
  const back = at.items.map((row) => row.id)
  while (at.previousCursor !== null) {
    at = await page(`${order}&limit=70&toward=previous&cursor=${at.previousCursor}`)
    back.unshift(...at.items.map((row) => row.id))
  }
  expect(back).toEqual(whole)
})

test('for twenty random filters the totals are the sums of the listed rows, folded or not', async () => {
  const random = randomFrom(20)
  const filters = Array.from({ length: 20 }, (_, index) => randomFilter(random, merchant, index))
  for (const query of filters) expect([query, await totals(query)]).toEqual([query, sumsOf(await everyPage(query))])
  expect(await foldRollups(bff.deps.db.owner)).toBeGreaterThan(0)
  for (const query of filters) expect([query, await totals(query)]).toEqual([query, sumsOf(await everyPage(query))])
})

test.for([
  ['by order number from its start', 'R000012', (row: PaymentRow) => row.orderNumber.startsWith('R000012')],
  ['in small letters too', 'r000012', (row: PaymentRow) => row.orderNumber.startsWith('R000012')],
  ['by kanji with its variant', '高橋', (row: PaymentRow) => row.customerName === '髙橋 一郎'],
  ['by half-width kana', 'ﾀｶﾊｼ', (row: PaymentRow) => row.customerName === '髙橋 一郎'],
  ['by hiragana', 'たかはし いち', (row: PaymentRow) => row.customerName === '髙橋 一郎'],
  ['by one character that begins a name', '森', (row: PaymentRow) => row.customerName === '森 あゆみ'],
  ['by a name in Latin letters', 'smith', (row: PaymentRow) => row.customerName.startsWith('Smith')],
  ['by amount with its mark', '￥32,400', (row: PaymentRow) => row.amountYen === 32_400],
  [
    'by an inquiry number',
    'akt0000',
    (row: PaymentRow) =>
      row.method === 'np_postpaid' &&
      row.slipNumber !== null &&
      ['captured', 'arrived', 'settled', 'paid_out', 'refunded', 'cancelled'].includes(row.status),
  ],
] as const)('finds payments %s', async ([, typed, expected]) => {
  const all = await everyPage('sort=orderedAt')
  const found = await everyPage(`q=${encodeURIComponent(typed)}`)
  expect(found.length).toBeGreaterThan(0)
  for (const row of found) expect(expected(row)).toBe(true)
  if (!typed.startsWith('akt')) expect(found).toEqual(all.filter(expected))
})

test('finds a telephone number with and without hyphens, and nothing for a wildcard', async () => {
  const [first] = (await page('limit=1')).items
  const phone = (first as PaymentRow).phone
  for (const typed of [phone, phone.replaceAll('-', ''), `+81${phone.replaceAll('-', '').slice(1)}`]) {
    expect((await everyPage(`q=${encodeURIComponent(typed)}`)).map((row) => row.phone)).toContain(phone)
  }
  for (const typed of ['%', '_', '％％％', '\\']) expect(await everyPage(`q=${encodeURIComponent(typed)}`)).toEqual([])
})

test("never shows another merchant's payments, whatever is asked", async () => {
  expect(await everyPage('q=OTHERS-1')).toEqual([])
  expect(await everyPage(`shop=${other.shops[0]}`)).toEqual([])
  expect((await totals(`shop=${other.shops[0]}`)).count).toBe(0)
  const stranger = await sql<{ n: number }>`select count(*) as n from payment`.execute(
    bff.deps.db.merchant(merchant.merchantId),
  )
  expect(stranger.rows).toEqual([{ n: PAYMENTS }])
})

test('refuses a cursor that is no place in the list, or of another order', async () => {
  const { nextCursor } = await page('limit=1')
  for (const query of [
    'cursor=zzz',
    `cursor=${nextCursor}&sort=amountYen`,
    `cursor=${nextCursor}&direction=asc`,
    'cursor=WyJvcmRlcmVkQXQiXQ',
    'limit=0',
    'status=lost',
    'from=2026-02-30',
  ]) {
    const response = await client.get(`/api/payments?${query}`)
    expect([query, response.status]).toEqual([query, 400])
    expect((await errorOf(response)).code).toBe('request.invalid')
  }
})
