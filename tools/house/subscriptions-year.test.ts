/**
 * A year of monthly subscriptions by the providers' clock, month-ends, a leap day and holidays in it, with two schedulers at
 * once all the time, a process that dies in the middle, and a customer whom NP rejects for a month.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOrders } from '../../apps/bff/src/features/orders/orders.service.ts'
import { subscriptionJobs } from '../../apps/bff/src/features/subscriptions/subscriptions.jobs.ts'
import type { SubscriptionDetail } from '../../packages/shared/src/contracts/subscription-detail.ts'
import { addDays, addMonths, businessDate, endOfMonth } from '../../packages/shared/src/dates.ts'
import { customerWith, openSubscriptionHouse, type SubscriptionHouse } from './subscription-house.ts'

const MONTH_ENDS = Array.from({ length: 13 }, (_, index) => endOfMonth(addMonths(businessDate('2027-10-01'), index)))
/** By hand from a calendar: the last day on which banks are open. */
const LAST_BUSINESS_DAYS = [
  '2027-10-29',
  '2027-11-30',
  '2027-12-30',
  '2028-01-31',
  '2028-02-29',
  '2028-03-31',
  '2028-04-28',
  '2028-05-31',
  '2028-06-30',
  '2028-07-31',
  '2028-08-31',
  '2028-09-29',
  '2028-10-31',
]
const CRASHES_ON = ['2028-01-31', '2028-02-26']
const REJECTED_MONTH = '2028-04'
const PRICE = 3_240
const UNIT_PRICE = 31

type Kept = { readonly np: string; readonly rolled: string; readonly short: string; readonly metered: string }
let house: SubscriptionHouse
let made: Kept

beforeAll(async () => {
  house = await openSubscriptionHouse()
  await house.payByCard('CARD-GOOD')
  await house.payByCard('CARD-SHORT', '4000000000000341')
  await house.moveTo('2027-10-10')
  made = await makeAll()
  for (const day of daysOfTheYear()) await live(day)
}, 120_000)
afterAll(() => house.close())

async function makeAll(): Promise<Kept> {
  const rhythm = { unit: 'month', every: 1, day: 31, roll: 'none' }
  const card = {
    kind: 'fixed',
    cardOrderNumber: 'CARD-GOOD',
    generateDays: 3,
    chargeDays: 0,
    firstOn: '2027-10-31',
    rhythm,
  }
  const store = { onFailure: 'fallback', fallbackMethod: 'convenience_store', fallbackStore: '016' }
  const all = [
    await house.make({ firstOn: '2027-10-31', rhythm, customer: customerWith('ok'), ...store }),
    await house.make({ ...card, rhythm: { ...rhythm, roll: 'previous' } }),
    await house.make({ ...card, cardOrderNumber: 'CARD-SHORT', retryDays: [3], onFailure: 'pause' }),
    await house.make({
      ...card,
      kind: 'metered',
      goods: [{ name: '基本料金', unitPriceYen: 800, quantity: 1, taxRateBp: 1000 }],
      meter: { name: '電気 kWh', unitPriceYen: UNIT_PRICE, taxRateBp: 1000 },
    }),
  ]
  const [np = '', rolled = '', short = '', metered = ''] = all.map(({ id }) => id)
  return { np, rolled, short, metered }
}

/** The days on which something happens, and the third of each month, when the short card is good again. */
function daysOfTheYear(): string[] {
  const days = MONTH_ENDS.flatMap((end) => [addDays(end, -3), end, addDays(end, 3)])
  return [
    ...new Set([...days, ...LAST_BUSINESS_DAYS, ...LAST_BUSINESS_DAYS.map((day) => addDays(businessDate(day), -3))]),
  ].sort()
}

async function live(day: string): Promise<void> {
  await house.hear(day)
  if (CRASHES_ON.includes(day)) await dieAfterTakingOrders()
  // Two schedulers; what one of them meets half done it leaves to its next run.
  await Promise.allSettled([house.schedule(), house.schedule()])
  await house.run()
  await shipWhatIsApproved()
  if (day.endsWith('-03') && !day.startsWith('2028-03')) await tellUse(day)
  if (day.startsWith(`${REJECTED_MONTH}-03`)) await renameCustomer('ng001')
  if (day.startsWith('2028-05-03')) await renameCustomer('ok')
}

/** The orders are taken, and before that is written down the process is gone. */
async function dieAfterTakingOrders(): Promise<void> {
  const { deps, merchantId } = house.bff
  let taken = 0
  const jobs = subscriptionJobs({
    ...deps,
    takeOrders: async (orderer, orders) => {
      taken += (await createOrders(deps, orderer, orders)).results.length
      throw new Error('killed')
    },
  })
  await expect(jobs['subscriptions:run']?.({ merchantId }, undefined as never)).rejects.toThrow('killed')
  expect(taken).toBeGreaterThan(0)
}

async function shipWhatIsApproved(): Promise<void> {
  const { cycles } = await house.get(made.np)
  const approved = cycles.flatMap(({ number, attempts }) =>
    attempts
      .filter(({ method, status }) => method === 'np_postpaid' && status === 'authorized')
      .map(({ paymentId }) => ({
        idempotencyKey: `ship-cycle-${number}`,
        action: 'report_shipment',
        paymentId,
        carrierCode: '59010',
        slipNumber: String(400_000_000_000 + number),
      })),
  )
  if (approved.length === 0) return
  await house.api('POST', '/api/operations', { operations: approved })
  await house.work()
}

/** Of February nobody says it before April. */
async function tellUse(day: string): Promise<void> {
  const { code, cycles } = await house.get(made.metered)
  const waiting = cycles.filter(({ state }) => state === 'awaiting_usage').reverse()
  if (waiting.length === 0) return
  const rows = waiting.map(({ number }) => ({ code, number, quantity: 100 + number }))
  await house.api('POST', '/api/subscriptions/usage', { idempotencyKey: `usage-of-${day}`, rows })
  await house.work()
}

async function renameCustomer(steering: string): Promise<void> {
  const { customer } = await house.get(made.np)
  await house.act(made.np, 'change', { change: { customer: { ...customer, email: `${steering}+year@example.jp` } } })
}

function fallsOf({ cycles }: SubscriptionDetail): string[] {
  return cycles.map(({ fallsOn }) => fallsOn).reverse()
}

function attemptsOf({ cycles }: SubscriptionDetail): string[] {
  return cycles
    .map(({ attempts }) => attempts.map(({ method, askedOn }) => `${method} ${askedOn}`).join(', '))
    .reverse()
}

describe('after the year', () => {
  test('every cycle stands once, on its day, and is charged', async () => {
    for (const id of Object.values(made)) {
      const { cycles } = await house.get(id)
      expect(cycles.map(({ number }) => number).reverse()).toEqual(MONTH_ENDS.map((_, index) => index + 1))
      expect([...new Set(cycles.map(({ state }) => state))]).toEqual(['charged'])
    }
    expect(fallsOf(await house.get(made.rolled))).toEqual(LAST_BUSINESS_DAYS)
    for (const id of [made.np, made.short, made.metered]) expect(fallsOf(await house.get(id))).toEqual(MONTH_ENDS)
  })

  test('each was tried on its own day: before shipping, on the day, after three days, or by another method', async () => {
    expect(attemptsOf(await house.get(made.rolled))).toEqual(LAST_BUSINESS_DAYS.map((day) => `card ${day}`))
    expect(attemptsOf(await house.get(made.short))).toEqual(
      MONTH_ENDS.map((end) => `card ${end}, card ${addDays(end, 3)}`),
    )
    expect(attemptsOf(await house.get(made.np))).toEqual(
      MONTH_ENDS.map((end) => {
        const on = addDays(end, -3)
        return `np_postpaid ${on}${end.startsWith(REJECTED_MONTH) ? `, convenience_store ${on}` : ''}`
      }),
    )
  })

  test('use that was told late is charged late, at what was used', async () => {
    const { cycles } = await house.get(made.metered)
    expect(cycles.map(({ amountYen, usage }) => [usage, amountYen]).reverse()).toEqual(
      MONTH_ENDS.map((_, index) => [101 + index, 800 + UNIT_PRICE * (101 + index)]),
    )
    const askedOn = cycles.find(({ fallsOn }) => fallsOn === '2028-02-29')?.attempts[0]?.askedOn
    expect(askedOn).toBe('2028-04-03')
  })

  test('the books hold every yen once, as the provider does', async () => {
    const used = MONTH_ENDS.reduce((sum, _, index) => sum + 800 + UNIT_PRICE * (101 + index), 0)
    const expected = { np: 13 * PRICE, rolled: 13 * PRICE, short: 13 * PRICE, metered: used }
    for (const [name, id] of Object.entries(made)) {
      const { code } = await house.get(id)
      expect([name, await booked(code)]).toEqual([name, expected[name as keyof Kept]])
    }
    const cards = [...house.sandbox.store.table<CardRow>('sbps_card').values()].filter((row) =>
      row.orderId.startsWith('SUB'),
    )
    expect(cards.reduce((sum, { capturedYen, refundedYen }) => sum + capturedYen - refundedYen, 0)).toBe(
      expected.rolled + expected.short + expected.metered,
    )
    expect(cards.filter(({ capturedYen }) => capturedYen > 0)).toHaveLength(39)
    expect(house.sandbox.store.table('np_transaction').size).toBe(13)
    expect(await house.verify()).toEqual([])
  })
})
type CardRow = { readonly orderId: string; readonly capturedYen: number; readonly refundedYen: number }

async function booked(code: string): Promise<number> {
  const row = await house.bff.deps.db.owner
    .selectFrom('payment')
    .select((eb) => eb.fn.sum<number>('capturedYen').as('yen'))
    .where('merchantId', '=', house.bff.merchantId)
    .where('orderNumber', 'like', `${code}-%`)
    .executeTakeFirstOrThrow()
  return Number(row.yen)
}
