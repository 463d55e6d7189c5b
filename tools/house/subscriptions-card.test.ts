/** A card charged again and again by its first payment: the same each time, or by what was used. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSubscriptionHouse, statesOf, type SubscriptionHouse } from './subscription-house.ts'

let house: SubscriptionHouse
beforeAll(async () => {
  house = await openSubscriptionHouse()
  await house.payByCard('CARD-GOOD')
  // Its limit is used up from the 25th to the end of each month.
  await house.payByCard('CARD-SHORT', '4000000000000341')
})
afterAll(() => house.close())

const FIXED = { kind: 'fixed', cardOrderNumber: 'CARD-GOOD', generateDays: 3, chargeDays: 0 }
const TAXES = [{ rateBp: 800, amountYen: 3_240, taxYen: 240 }]
const METER = { name: '電気 kWh', unitPriceYen: 31, taxRateBp: 1000 }
const METERED = { ...FIXED, kind: 'metered', meter: METER, goods: [line('基本料金', 800)] }

function line(name: string, unitPriceYen: number) {
  return { name, unitPriceYen, quantity: 1, taxRateBp: 1000 }
}

function tell(rows: ReadonlyArray<Readonly<Record<string, unknown>>>, idempotencyKey = `usage-${Math.random()}`) {
  return house.api<{ cycles: Array<{ number: number; amountYen: number }> }>('POST', '/api/subscriptions/usage', {
    idempotencyKey,
    rows,
  })
}

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

describe('the same each time', () => {
  test('charges the card of the first payment on its day, books the sale, and never twice', async () => {
    const made = await house.make({ ...FIXED, firstOn: house.later(3) })
    await house.run()
    expect(statesOf(await house.get(made.id))).toEqual(['1 generated'])
    await house.moveDays(3)
    await house.run()
    const { cycles } = await house.get(made.id)
    expect(cycles[0]).toMatchObject({ state: 'charged', attempts: [{ status: 'captured', method: 'card' }] })
    expect(cycles[0]?.attempts).toHaveLength(1)
    const order = await house.api<{ items: Array<{ billingMethod: string; amountYen: number }> }>(
      'GET',
      `/api/payments?q=${made.code}-1`,
    )
    expect(order.items).toMatchObject([{ billingMethod: 'recurring_metered', amountYen: 3_240 }])
    expect(await house.verify()).toEqual([])
  })

  test('a card that is refused is tried again on the days of the ladder, with an order of its own each time', async () => {
    await house.moveTo('2026-08-25')
    const made = await house.make({ ...FIXED, cardOrderNumber: 'CARD-SHORT', retryDays: [3, 7], onFailure: 'pause' })
    await house.run()
    const failed = await house.get(made.id)
    expect(failed.cycles[0]).toMatchObject({
      state: 'retrying',
      dueOn: '2026-08-28',
      attempts: [{ status: 'rejected' }],
    })
    await house.moveTo('2026-08-28')
    expect((await house.get(made.id)).cycles[0]).toMatchObject({ state: 'retrying', dueOn: '2026-09-01' })
    await house.moveTo('2026-09-01')
    const { cycles, status } = await house.get(made.id)
    expect(status).toBe('active')
    expect(cycles[0]).toMatchObject({ state: 'charged' })
    expect(cycles[0]?.attempts.map(({ orderNumber }) => orderNumber.slice(made.code.length))).toEqual([
      '-1',
      '-1-2',
      '-1-3',
    ])
    expect(await house.verify()).toEqual([])
  })

  test('is begun from an order whose card can be charged, and shown beforehand with its days and taxes', async () => {
    const basis = await house.api('GET', `/api/subscriptions/basis?shop=${house.bff.shopIds[0]}&orderNumber=CARD-GOOD`)
    expect(basis).toMatchObject({ method: 'card', chargeable: true, amountYen: 3_980, goods: [{ name: '煎茶' }] })
    const before = await house.api('GET', '/api/subscriptions/totals')
    const rhythm = { unit: 'month', every: 1, day: 31, roll: 'next' }
    const input = house.inputOf({ ...FIXED, firstOn: '2026-10-31', rhythm })
    const { planned } = await house.api<{ planned: object[] }>('POST', '/api/subscriptions/preview', input)
    expect(planned.slice(0, 2)).toEqual([
      {
        number: 1,
        fallsOn: '2026-11-02',
        generateOn: '2026-10-30',
        chargeOn: '2026-11-02',
        amountYen: 3_240,
        taxes: TAXES,
      },
      {
        number: 2,
        fallsOn: '2026-11-30',
        generateOn: '2026-11-27',
        chargeOn: '2026-11-30',
        amountYen: 3_240,
        taxes: TAXES,
      },
    ])
    expect(await house.api('GET', '/api/subscriptions/totals')).toEqual(before)
  })

  test('is refused without a card that can be charged again, and with retries beyond the next cycle', async () => {
    expect(await refusalOf(house.make({ ...FIXED, cardOrderNumber: null }))).toMatch(/cardOrderNumber.*missing/)
    expect(await refusalOf(house.make({ ...FIXED, cardOrderNumber: 'NOBODY' }))).toMatch(/no such order/)
    expect(await refusalOf(house.make({ ...FIXED, retryDays: [5, 28] }))).toMatch(/retryDays/)
    expect(await refusalOf(house.make({ ...FIXED, firstOn: house.later(-1) }))).toMatch(/firstOn/)
  })
})

describe('by what was used', () => {
  test('a cycle waits for its use however long it takes, is seen to wait, and is charged when it is told', async () => {
    const made = await house.make({ ...METERED, firstOn: house.later(1) })
    await house.moveDays(4)
    expect((await house.get(made.id)).cycles[0]).toMatchObject({ state: 'awaiting_usage', amountYen: null })
    const { items } = await house.api<{ items: Array<{ code: string }> }>(
      'GET',
      '/api/subscriptions?attention=awaiting_usage',
    )
    expect(items.map(({ code }) => code)).toEqual([made.code])
    expect(await tell([{ code: made.code, quantity: 120 }])).toMatchObject({
      cycles: [{ number: 1, amountYen: 4_520 }],
    })
    await house.work()
    expect((await house.get(made.id)).cycles[0]).toMatchObject({ state: 'charged', usage: 120, amountYen: 4_520 })
    expect(await refusalOf(tell([{ code: made.code, number: 1, quantity: 130 }]))).toMatch(/no cycle waits/)
  })

  test('can be told again before the charge, counts from the base, and holds when prices change later', async () => {
    const made = await house.make({ ...METERED, firstOn: house.later(2) })
    await house.run()
    await tell([{ code: made.code, quantity: 120 }])
    expect(await tell([{ code: made.code, number: 1, quantity: 100 }])).toMatchObject({
      cycles: [{ amountYen: 3_900 }],
    })
    await house.moveDays(2)
    expect((await house.get(made.id)).cycles[0]).toMatchObject({ state: 'charged', amountYen: 3_900 })
  })

  test('takes all rows of a file or none, and the same file twice once', async () => {
    const [first, second] = [await house.make({ ...METERED }), await house.make({ ...METERED })]
    await house.run()
    const rows = [first, second].map(({ code }) => ({ code, quantity: 10 }))
    expect(await refusalOf(tell([...rows, { code: 'SUB999999', quantity: 1 }]))).toMatch(/rows\.2\.code/)
    expect((await house.get(first.id)).cycles[0]?.state).toBe('awaiting_usage')
    const once = await tell(rows, 'usage-file-1')
    expect(await tell(rows, 'usage-file-1')).toEqual(once)
    expect(await refusalOf(tell([{ code: first.code, quantity: 11 }], 'usage-file-1'))).toMatch(/idempotency/)
  })

  test('no use and no base is nothing to charge', async () => {
    const made = await house.make({ ...METERED, goods: [line('従量のみ', 0)] })
    await house.run()
    await tell([{ code: made.code, quantity: 0 }])
    await house.work()
    expect(statesOf(await house.get(made.id))).toEqual(['1 skipped'])
  })
})
