import { businessDate, dayOf, startOfDay, weekday } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { transactionCodes } from '@choba/wire/np/field-rules.ts'
import { HOLD_REASONS } from '@choba/wire/np/hold-reasons.ts'
import type { NpTransaction } from '@choba/wire/np/messages.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultsOf } from '../np/screening.ts'
import { steeringOf } from '../np/steering.ts'
import { STORE_STEERING } from '../sbps/store-customers.ts'
import { TEST_CARDS } from '../sbps/test-cards.ts'
import { DEMO_ACTIONS } from './actions.ts'
import { BATCH_HOUR, DEMO_METHODS, STORE_CODES, STORE_EMAIL, type PlannedOrder } from './orders.ts'
import { PLACES } from './places.ts'
import { planTrade } from './plan.ts'
import { CARD_SPECIALS, isLooseEnd, LOOSE_ENDS, NP_SPECIALS, STORE_SPECIALS } from './specials.ts'
import { paymentsPerDay } from './volume.ts'

const SIZE = { startDay: businessDate('2026-07-29'), days: 120, payments: 4_000 }
const plan = planTrade(SIZE)
const orders = plan.flatMap((day) => day.orders)
const actions = plan.flatMap((day) => day.actions)
function share(count: number) {
  return count / orders.length
}

function asNp(order: PlannedOrder): NpTransaction {
  return {
    shopTransactionId: order.orderNumber,
    shopOrderDate: dayOf(order.orderedAt),
    settlementType: '02',
    billedAmountYen: yen(order.amountYen),
    customer: addresseeOf(order.customer, order.customer.email),
    goods: order.goods.map((line) => ({ name: line.name, priceYen: yen(line.unitPriceYen), quantity: line.quantity })),
    ...(order.delivery ? { destination: addresseeOf(order.delivery, '') } : {}),
  }
}
function addresseeOf(person: PlannedOrder['customer'] | NonNullable<PlannedOrder['delivery']>, email: string) {
  const { name, kana, company, zip, address, phone } = person
  return {
    name,
    nameKana: kana,
    zipCode: zip,
    address,
    tel: phone,
    email,
    ...(company === '' ? {} : { companyName: company }),
  }
}

test('the same start gives the same plan, and every order number is its own', () => {
  expect(planTrade(SIZE)).toEqual(plan)
  expect(orders).toHaveLength(SIZE.payments)
  expect(new Set(orders.map((order) => order.orderNumber)).size).toBe(orders.length)
})

test('days add up to the payments asked for, whatever the length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 9_000 }), (days, payments) => {
      const counts = paymentsPerDay(SIZE.startDay, days, payments)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(payments)
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('trade grows, and weekdays differ', () => {
  const counts = plan.map((day) => day.orders.length)
  const sum = (from: number, to: number) => counts.slice(from, to).reduce((total, count) => total + count, 0)
  expect(sum(90, 120)).toBeGreaterThan(sum(0, 30) * 1.2)
  const ofWeekday = (wanted: number) =>
    plan.filter(
      (_, day) =>
        weekday(businessDate(new Date(Date.parse('2026-07-29') + day * 86_400_000).toISOString().slice(0, 10))) ===
        wanted,
    )
  expect(ofWeekday(0).flatMap((day) => day.orders).length).toBeGreaterThan(
    ofWeekday(4).flatMap((day) => day.orders).length,
  )
})

test('methods, shops and sites stand in the shares of a real pair of shops', () => {
  const shares = DEMO_METHODS.map((method) => share(orders.filter((order) => order.method === method).length))
  const wanted = [0.45, 0.35, 0.2]
  shares.forEach((actual, index) => expect(Math.abs(actual - wanted[index]!)).toBeLessThan(0.05))
  expect(new Set(orders.map((order) => order.shop))).toEqual(new Set([0, 1]))
  expect(new Set(orders.map((order) => order.site))).toEqual(new Set(['pc', 'smartphone', 'mobile_phone']))
  const recurring = orders.filter((order) => order.billingMethod !== 'pay_as_you_go')
  expect(new Set(recurring.map((order) => order.method))).toEqual(new Set(['card']))
})

test('customers come back', () => {
  const seen = new Map<string, number>()
  for (const order of orders) seen.set(order.customer.phone, (seen.get(order.customer.phone) ?? 0) + 1)
  expect(seen.size).toBeLessThan(orders.length / 2)
  expect(Math.max(...seen.values())).toBeGreaterThan(8)
})

describe('every case is there', () => {
  test('specials of each method, stores and actions', () => {
    expect(new Set(orders.map((order) => order.npPostpaid?.special).filter(Boolean))).toEqual(
      new Set([...NP_SPECIALS, ...LOOSE_ENDS]),
    )
    expect(new Set(orders.map((order) => order.convenienceStore?.special).filter(Boolean))).toEqual(
      new Set(STORE_SPECIALS),
    )
    expect([...CARD_SPECIALS].every((number) => orders.some((order) => order.card?.number === number))).toBe(true)
    expect(new Set(orders.map((order) => order.convenienceStore?.store).filter(Boolean))).toEqual(new Set(STORE_CODES))
    expect(new Set(actions.map((action) => action.action))).toEqual(new Set(DEMO_ACTIONS))
    expect(new Set(orders.map((order) => order.npPostpaid?.invoice).filter(Boolean))).toEqual(
      new Set(['separate', 'bundled']),
    )
  })

  test('every hold reason and every rejection, by data or by steering', () => {
    const np = orders.filter((order) => order.method === 'np_postpaid').map(asNp)
    expect(new Set(np.flatMap(faultsOf))).toEqual(new Set(HOLD_REASONS.map((reason) => reason.code)))
    const rejected = np
      .map((order) => steeringOf(order).screening)
      .flatMap((steered) => (steered?.result === 'rejected' ? [steered.code] : []))
    expect(new Set(rejected)).toEqual(new Set(['NG001', 'NG002', 'NG999']))
  })

  test('partial and full: captures, refunds; changes before and after shipment; returns', () => {
    const amounts = (action: string) => actions.filter((one) => one.action === action)
    for (const action of ['capture', 'refund']) {
      expect(amounts(action).some((one) => one.amountYen === undefined)).toBe(true)
      expect(amounts(action).some((one) => one.amountYen !== undefined)).toBe(true)
    }
    const shippedOn = new Map(amounts('report_shipment').map((one) => [one.orderNumber, one.day]))
    const after = amounts('change_amount').map((one) => one.day > (shippedOn.get(one.orderNumber) ?? Infinity))
    expect(new Set(after)).toEqual(new Set([true, false]))
    expect(amounts('cancel').some((one) => shippedOn.has(one.orderNumber))).toBe(true)
  })

  test('names that plain Shift_JIS cannot hold', () => {
    const names = orders.map((order) => `${order.customer.name}${order.customer.address}`).join('')
    for (const character of ['髙', '﨑', '①', '𠮷', '濵', '渡邊']) expect(names).toContain(character)
  })
})

test('orders that mean no trouble pass every field rule of NP, and hold up in the data', () => {
  const plain = orders
    .filter((order) => order.method === 'np_postpaid' && order.npPostpaid?.special === undefined)
    .map(asNp)
  expect(plain.flatMap(transactionCodes)).toEqual([])
  expect(plain.flatMap(faultsOf)).toEqual([])
  expect(plain.filter((order) => steeringOf(order).screening !== undefined)).toEqual([])
})

test('amounts are the sum of the goods, and positive; taxes are of both rates', () => {
  for (const order of orders) {
    expect(order.goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)).toBe(order.amountYen)
    expect(order.amountYen).toBeGreaterThan(0)
  }
  expect(new Set(orders.flatMap((order) => order.goods.map((line) => line.taxRateBp)))).toEqual(new Set([800, 1000]))
})

test('an action comes on a later day than its order, lowers only what is above zero, and on that day’s batch every order has been placed', () => {
  const byNumber = new Map(orders.map((order) => [order.orderNumber, order]))
  for (const action of actions) {
    const order = byNumber.get(action.orderNumber)!
    expect(action.day).toBeGreaterThan(order.day)
    expect(action.amountYen ?? 1).toBeGreaterThan(0)
    expect(action.amountYen ?? 0).toBeLessThan(order.amountYen)
  }
  for (const order of orders) {
    const batchAt = startOfDay(SIZE.startDay).getTime() + order.day * 86_400_000 + BATCH_HOUR * 3_600_000
    expect(order.orderedAt.getTime()).toBeLessThan(batchAt)
    expect(order.orderedAt.getTime()).toBeGreaterThanOrEqual(batchAt - 86_400_000)
  }
})

test('the last weeks leave each loose end, told to the provider in words it listens to', () => {
  const loose = orders.filter((order) => isLooseEnd(order.npPostpaid?.special))
  expect(loose.map((order) => 120 - 1 - order.day)).toEqual([
    97, 93, 86, 80, 60, 50, 34, 30, 18, 17, 15, 13, 11, 10, 9, 8, 7, 6, 5, 5, 4, 4, 3,
  ])
  const wishOf = (end: string) => steeringOf(asNp(loose.find((order) => order.npPostpaid?.special === end)!))
  expect(wishOf('disputed').dispute).toBe('stays')
  expect(wishOf('dispute_settled').dispute).toBe('settles')
  expect(wishOf('electronic_invoice').electronic).toBe(true)
  expect(wishOf('malformed_slip').arrival).toBe('slow')
  const moved = loose.find((order) => order.npPostpaid?.special === 'moved_house')!
  const { correction } = actions.find((action) => action.orderNumber === moved.orderNumber)!
  expect(faultsOf(asNp({ ...moved, customer: correction!.customer }))).toEqual(['RE009'])
})

test('what is typed to steer the provider is what it listens to', () => {
  const mails = Object.values(STORE_STEERING).map((steering) => steering.mail)
  expect(mails).toEqual(expect.arrayContaining(Object.values(STORE_EMAIL)))
  const refused = TEST_CARDS.filter((card) => card.refusal !== undefined).map((card) => card.number)
  expect([...CARD_SPECIALS].sort()).toEqual(refused.sort())
})

test('postal codes are unique and well formed', () => {
  expect(new Set(PLACES.map((place) => place.zip)).size).toBe(PLACES.length)
  expect(PLACES.every((place) => /^\d{3}-\d{4}$/.test(place.zip))).toBe(true)
})
