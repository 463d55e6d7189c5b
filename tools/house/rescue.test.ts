/** Screening from the first answer to the last, through the doors of the console and the pretend NP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentDetail } from '../../packages/shared/src/contracts/payments.ts'
import type { RescueSheet } from '../../packages/shared/src/contracts/rescue.ts'
import { addDays, dayOf } from '../../packages/shared/src/dates.ts'
import { type House, openHouse } from './house.ts'
import { act, ask, order } from './orders.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function one(wish: Parameters<typeof order>[1][number], at: House = house): Promise<string> {
  return (await order(at, [wish]))[0] as string
}

function sheetOf(paymentId: string, at: House = house): Promise<RescueSheet> {
  return at.api<RescueSheet>('GET', `/api/rescue/${paymentId}`)
}

async function queued(at: House = house): Promise<string[]> {
  const { items } = await at.api<{ items: Array<{ id: string }> }>('GET', '/api/rescue?limit=1000')
  return items.map((row) => row.id)
}

let serial = 0
function email(steering: string): string {
  serial += 1
  return `${steering}+rescue${serial}@example.jp`
}

function withAddress({ customer }: RescueSheet, address: string) {
  return { correction: { customer: { ...customer, address } } }
}

test('a held order leaves the queue when its address is completed', async () => {
  const paymentId = await one({ email: email('re009') })
  expect(await sheetOf(paymentId)).toMatchObject({ kind: 'on_hold', reasons: ['RE009'], creditHeld: true })
  expect(await queued()).toContain(paymentId)
  await act(
    house,
    'correct',
    paymentId,
    withAddress(await sheetOf(paymentId), '京都府京都市中京区道場町1-2 茶舗ビル301'),
  )
  const after = await sheetOf(paymentId)
  expect(after).toMatchObject({ kind: null, reasons: [], payment: { status: 'authorized' } })
  expect(after.customer.address).toBe('京都府京都市中京区道場町1-2 茶舗ビル301')
  expect(after.attempts.map((attempt) => attempt.result)).toEqual(['approved', 'on_hold'])
  expect(await queued()).not.toContain(paymentId)
})

test('a hold that stays is an attempt more, and stays in the queue', async () => {
  const paymentId = await one({ email: email('re021-stays') })
  house.np.deps.clock.moveTo(new Date(house.np.deps.clock.now().getTime() + 60_000))
  const acted = await act(house, 'correct', paymentId, { correction: {} })
  expect(acted.error).toBeNull()
  const after = await sheetOf(paymentId)
  expect(after).toMatchObject({ kind: 'on_hold', reasons: ['RE021'], lastOperation: { state: 'done' } })
  expect(after.attempts.map((attempt) => attempt.result)).toEqual(['on_hold', 'on_hold'])
  expect(await queued()).toContain(paymentId)
})

test('an order NP refuses as invalid is corrected and registered under its own number', async () => {
  const paymentId = await one({ email: email('ok'), address: '北海道札幌市中央区1-1' })
  const before = await sheetOf(paymentId)
  expect(before).toMatchObject({ kind: 'failed', reasons: ['E0100059'], payment: { npId: null } })
  await act(house, 'reregister', paymentId, withAddress(before, '京都府京都市中京区道場町1-2'))
  const after = await sheetOf(paymentId)
  expect(after.payment).toMatchObject({ status: 'authorized', orderNumber: before.payment.orderNumber })
  expect(after.attempts.map((attempt) => attempt.result)).toEqual(['approved', 'refused'])
})

test('many are sent again together, and each has its own result', async () => {
  const ids = await order(house, [
    { email: email('re009') },
    { email: email('re021-stays') },
    { email: email('ng999') },
    { email: email('ok') },
  ])
  const acted = await ask(house, [
    { action: 'correct', paymentId: ids[0] as string, correction: {} },
    { action: 'correct', paymentId: ids[1] as string, correction: {} },
    { action: 'reregister', paymentId: ids[2] as string },
    { action: 'reregister', paymentId: ids[3] as string },
  ])
  expect(acted.map((row) => row.error?.reason ?? null)).toEqual([null, null, null, 'registered_already'])
  await house.work()
  const { items } = await house.api<{ items: Array<{ id: string; status: string; inFlight: string | null }> }>(
    'POST',
    '/api/rescue/outcomes',
    { paymentIds: ids },
  )
  expect(items.every((item) => item.inFlight === null)).toBe(true)
  const status = (index: number) => items.find((item) => item.id === ids[index])?.status
  expect([status(1), status(2), status(3)]).toEqual(['on_hold', 'rejected', 'authorized'])
})

test('a lapsed approval is registered again with its history', async () => {
  const paymentId = await one({ email: email('ok') })
  await house.moveDays(91)
  const before = await sheetOf(paymentId)
  expect(before).toMatchObject({ kind: 'lapsed', payment: { status: 'expired' } })
  await act(house, 'reregister', paymentId)
  const after = await sheetOf(paymentId)
  expect(after).toMatchObject({ kind: null, payment: { status: 'authorized' } })
  expect(after.payment.npId).not.toBe(before.payment.npId)
  expect(after.attempts.map((attempt) => attempt.result)).toEqual(['approved', 'approved'])
}, 120_000)

describe('where NP screens in batches', () => {
  let batch: House
  beforeAll(async () => {
    batch = await openHouse({ settings: { screening: 'batch' } })
  })
  afterAll(() => batch.close())

  function minutesLater(minutes: number): void {
    batch.np.deps.clock.moveTo(new Date(batch.np.deps.clock.now().getTime() + minutes * 60_000))
  }

  test('an order is under review first, and its result comes by polling', async () => {
    const [approved, held] = (await order(batch, [{ email: email('ok') }, { email: email('re009') }])) as [
      string,
      string,
    ]
    expect((await sheetOf(approved, batch)).payment.status).toBe('in_review')
    expect(await queued(batch)).toEqual([])
    minutesLater(30)
    await batch.poll()
    expect((await sheetOf(approved, batch)).payment.status).toBe('authorized')
    const sheet = await sheetOf(held, batch)
    expect(sheet).toMatchObject({ kind: 'on_hold', reasons: ['RE009'] })
    expect(sheet.attempts.map((attempt) => attempt.result)).toEqual(['on_hold', 'in_review'])

    await act(batch, 'correct', held, withAddress(sheet, '京都府京都市中京区道場町1-2 301'))
    expect((await sheetOf(held, batch)).payment.status).toBe('in_review')
    minutesLater(30)
    await batch.poll()
    expect((await sheetOf(held, batch)).payment.status).toBe('authorized')
  })
})

test('the books are whole after all this', async () => {
  expect(await house.verify()).toEqual([])
})

test('a moved shipping day stands at once in the queue and on the radar, and NP is asked nothing', async () => {
  const today = dayOf(house.np.deps.clock.now())
  const [late = '', soon = ''] = await order(house, [
    { email: email('re009-stays'), shipOn: addDays(today, 9) },
    { email: email('re009-stays'), shipOn: addDays(today, 5) },
  ])
  const endangered = async () => {
    const { items } = await house.api<{ items: Array<{ id: string }> }>('GET', '/api/guarantee/ship_day_passed')
    return items.map((item) => item.id)
  }
  expect(await endangered()).toEqual([])
  const operations = [{ idempotencyKey: 'plan-late-1', action: 'plan_shipping', paymentId: late, shipOn: today }]
  const send = () =>
    house.api<{ results: Array<{ operation: { id: string; state: string } }> }>('POST', '/api/operations', {
      operations,
    })
  const [first] = (await send()).results
  expect(first?.operation.state).toBe('done')
  const jobs = await house.bff.deps.db.pool.query(
    "select 1 from graphile_worker.jobs where task_identifier like 'operations:%'",
  )
  expect(jobs.rows).toEqual([])
  expect((await sheetOf(late)).shipOn).toBe(today)
  const { items } = await house.api<{ items: Array<{ id: string }> }>('GET', '/api/rescue?limit=1000&sort=ship_on')
  const places = items.map((row) => row.id)
  expect(places.indexOf(late)).toBeLessThan(places.indexOf(soon))
  expect(await endangered()).toEqual([late])

  // The same request again is the same operation; the day that stands is no second event.
  expect((await send()).results[0]?.operation.id).toBe(first?.operation.id)
  expect((await act(house, 'plan_shipping', late, { shipOn: today })).operation?.state).toBe('done')
  const { timeline } = await house.api<PaymentDetail>('GET', `/api/payments/${late}`)
  expect(timeline.filter((item) => item.type === 'ship_date_planned').map((item) => item.data.shipOn)).toEqual([today])

  expect((await act(house, 'plan_shipping', soon, { shipOn: '2026-01-01' })).error?.reason).toBe('shipOn')
  expect((await act(house, 'plan_shipping', soon)).error?.reason).toBe('shipOn')
  expect((await act(house, 'plan_shipping', soon, { shipOn: null })).error).toBeNull()
  expect((await sheetOf(soon)).shipOn).toBeNull()

  const audited = await house.bff.deps.db.owner
    .selectFrom('auditLog')
    .select('after')
    .where('action', '=', 'payment.plan_shipping')
    .where('subjectId', '=', late)
    .execute()
  expect(audited.map((row) => (row.after as { shipOn: string }).shipOn)).toEqual([today, today])
})

test('the day a parcel left is kept with its report; the report itself counts from the day NP took it', async () => {
  const paymentId = await one({ email: email('ok') })
  const today = dayOf(house.np.deps.clock.now())
  const report = { carrierCode: '59010', slipNumber: '432100009876', shippedOn: addDays(today, -1) }
  expect((await act(house, 'report_shipment', paymentId, report)).error).toBeNull()
  const { state, timeline } = await house.api<PaymentDetail>('GET', `/api/payments/${paymentId}`)
  expect(state['shipment']).toMatchObject({ slipNumber: '432100009876', shippedOn: addDays(today, -1) })
  expect(timeline.find((item) => item.type === 'shipment_reported')?.data.shippedOn).toBe(addDays(today, -1))
  const row = await house.bff.deps.db.owner
    .selectFrom('npPostpaid')
    .select('shippedOn')
    .where('paymentId', '=', paymentId)
    .executeTakeFirstOrThrow()
  expect(row.shippedOn).toBe(today)
  expect(await house.verify()).toEqual([])
})
