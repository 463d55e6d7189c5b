/** Subscriptions from the first order to the last, through the doors of the console and both pretend providers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customerWith, openSubscriptionHouse, statesOf, type SubscriptionHouse } from './subscription-house.ts'

let house: SubscriptionHouse
beforeAll(async () => {
  house = await openSubscriptionHouse()
})
afterAll(() => house.close())

function later(days: number): string {
  return house.later(days)
}

describe('NP postpaid by the shop’s schedule', () => {
  test('makes up each order some days before, registers it nearer to the day, and once only', async () => {
    const made = await house.make({ firstOn: later(10), customer: customerWith('ok') })
    expect(made.planned[0]).toMatchObject({ number: 1, fallsOn: later(10), generateOn: later(3), chargeOn: later(7) })
    await house.moveDays(2)
    expect(statesOf(await house.get(made.id))).toEqual([])
    await house.moveDays(1)
    await house.run()
    expect(statesOf(await house.get(made.id))).toEqual(['1 generated'])
    await house.moveDays(4)
    await house.run()
    const { cycles } = await house.get(made.id)
    expect(cycles).toMatchObject([
      { state: 'charged', amountYen: 3_240, attempts: [{ orderNumber: `${made.code}-1`, status: 'authorized' }] },
    ])
    expect(await house.verify()).toEqual([])
  })

  test('a hold waits in the rescue queue with the day of shipment as its deadline, and counts once it is rescued', async () => {
    const made = await house.make({ firstOn: later(3), customer: customerWith('re009') })
    await house.run()
    const held = await house.get(made.id)
    expect(statesOf(held)).toEqual(['1 held'])
    const paymentId = held.cycles[0]?.attempts[0]?.paymentId ?? ''
    const { items } = await house.api<{ items: Array<{ id: string; shipOn: string | null }> }>('GET', '/api/rescue')
    expect(items.find((row) => row.id === paymentId)).toMatchObject({ shipOn: later(3) })
    const { totals, list } = await attention('held')
    expect([totals, list]).toEqual([1, [made.code]])
    const correction = { customer: { ...held.customer, address: '京都府京都市中京区道場町1-2 茶舗ビル301' } }
    await house.api('POST', '/api/operations', {
      operations: [{ idempotencyKey: 'correct-held', action: 'correct', paymentId, correction }],
    })
    await house.work()
    await house.run()
    expect(statesOf(await house.get(made.id))).toEqual(['1 charged'])
    expect((await attention('held')).list).toEqual([])
  })

  test('NG is tried again on the agreed days and no more, then the other method is asked', async () => {
    const made = await house.make({
      firstOn: later(3),
      customer: customerWith('ng001'),
      retryDays: [2, 5],
      onFailure: 'fallback',
      fallbackMethod: 'convenience_store',
      fallbackStore: '016',
    })
    await house.run()
    const [first] = (await house.get(made.id)).cycles
    expect(first).toMatchObject({ state: 'retrying', dueOn: later(2) })
    expect(await toRescue()).toContain(first?.attempts[0]?.paymentId)
    await house.moveDays(2)
    expect(await toRescue()).not.toContain(first?.attempts[0]?.paymentId)
    await house.moveDays(3)
    const { cycles, events } = await house.get(made.id)
    const tried = (cycles[0]?.attempts ?? []).map(({ method, status }) => `${method} ${status}`)
    const second = await house.api('GET', `/api/subscriptions/of-payment/${cycles[0]?.attempts[1]?.paymentId}`)
    expect(second).toMatchObject({ cycle: { code: made.code, number: 1, attempt: 2, status: 'active' } })
    expect(tried).toEqual([...Array(3).fill('np_postpaid rejected'), 'convenience_store awaiting_payment'])
    expect(events.map(({ kind }) => kind)).toEqual(['fell_back', 'retry_planned', 'retry_planned', 'created'])
    const slip = cycles[0]?.attempts.at(-1)?.paymentId ?? ''
    const reissue = { idempotencyKey: 'slip-anew', action: 'reissue', paymentId: slip, store: '001', payWithinDays: 14 }
    await house.api('POST', '/api/operations', { operations: [reissue] })
    await house.work()
    await house.run()
    const anew = (await house.get(made.id)).cycles[0]
    expect(anew).toMatchObject({ state: 'charging', attempts: { length: 4 } })
    expect(anew?.attempts.at(-1)).toMatchObject({ status: 'awaiting_payment' })
    expect(anew?.attempts.at(-1)?.paymentId).not.toBe(slip)
    await house.moveDays(20)
    const paid = (await house.get(made.id)).cycles.at(-1)
    expect(paid).toMatchObject({ number: 1, state: 'charged' })
    expect(paid?.attempts.at(-1)?.paymentId).toBe(anew?.attempts.at(-1)?.paymentId)
    expect(await house.verify()).toEqual([])
  })

  test('NG pauses the subscription where the shop said so', async () => {
    const made = await house.make({ firstOn: later(3), customer: customerWith('ng001'), onFailure: 'pause' })
    await house.run()
    expect(await house.get(made.id)).toMatchObject({ status: 'paused', planned: [], cycles: [{ state: 'failed' }] })
  })
})

async function toRescue(): Promise<string[]> {
  return (await house.api<{ items: Array<{ id: string }> }>('GET', '/api/rescue?limit=200')).items.map(({ id }) => id)
}

async function attention(state: string): Promise<{ totals: number; list: string[] }> {
  const { count } = await house.api<{ count: number }>('GET', `/api/subscriptions/totals?attention=${state}`)
  const { items } = await house.api<{ items: Array<{ code: string }> }>('GET', `/api/subscriptions?attention=${state}`)
  return { totals: count, list: items.map((row) => row.code) }
}
