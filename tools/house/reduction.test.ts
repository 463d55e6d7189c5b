/** A smaller amount after shipment is two calls; whatever breaks between them, one live claim is left or a task that says so. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addTerms } from '../../apps/bff/src/testing/terms.ts'
import type { Mishap } from './gate.ts'
import { type House, openHouse } from './house.ts'
import { act, ask, detailOf, order, ship } from './orders.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const CANCEL = '/transactions/cancel'
const AGAIN = '/transactions/reregister'

async function shippedYesterday(): Promise<string> {
  const [paymentId] = (await order(house, [{ email: `slow+${Math.random()}@example.jp` }])) as [string]
  await ship(house, [paymentId])
  await house.moveDays(1)
  return paymentId
}

/** What NP itself holds of the sale: the amounts of its claims that stand. */
async function liveClaims(paymentId: string): Promise<number[]> {
  const { npIds } = (await detailOf(house, paymentId)).state as { npIds: string[] }
  const records = npIds.map((id) => house.np.deps.store.table<NpRow>('np_transaction').get(id))
  const unknown = [...house.np.deps.store.table<NpRow>('np_transaction').values()].filter(
    (row) => row.base !== undefined && npIds.includes(row.base.npId) && !npIds.includes(row.npId),
  )
  expect(unknown).toEqual([])
  return records.filter((row) => row?.status === 'active').map((row) => row?.transaction.billedAmountYen ?? 0)
}
type NpRow = {
  readonly npId: string
  readonly status: string
  readonly base?: { readonly npId: string }
  readonly transaction: { readonly billedAmountYen: number }
}

test('on the day of the shipment report it is not offered, from the next day on it is', async () => {
  const [paymentId] = (await order(house, [{}])) as [string]
  await ship(house, [paymentId])
  const early = await act(house, 'change_amount', paymentId, { amountYen: 8_000 })
  expect(early.error).toEqual({ code: 'action.not_allowed', reason: 'reduce_from_next_day' })
  await house.moveDays(1)
  expect((await act(house, 'change_amount', paymentId, { amountYen: 11_000 })).error?.reason).toBe('amountYen')
  expect((await act(house, 'change_amount', paymentId, { amountYen: 8_000 })).error).toBeNull()
  const { payment } = await detailOf(house, paymentId)
  expect(payment).toMatchObject({ amountYen: 8_000, capturedYen: 11_000, refundedYen: 3_000 })
  expect(await liveClaims(paymentId)).toEqual([8_000])
})

const MISHAPS: ReadonlyArray<readonly [what: string, path: string, mishap: Mishap, times: number]> = [
  ['the cancel is lost on its way', CANCEL, 'request_lost', 1],
  ['the cancel is done but its answer is lost', CANCEL, 'answer_lost', 1],
  ['NP fails at the cancel', CANCEL, 'server_error', 2],
  ['the re-registration is lost on its way', AGAIN, 'request_lost', 1],
  ['the re-registration is done but its answer is lost', AGAIN, 'answer_lost', 1],
  ['NP fails at the re-registration', AGAIN, 'server_error', 2],
  ['the inquiry fails too', '/payments/find', 'server_error', 1],
]

describe('after resuming, exactly one claim stands when', () => {
  test.each(MISHAPS)('%s', async (_, path, mishap, times) => {
    const paymentId = await shippedYesterday()
    if (path === '/payments/find') house.gate.plan(CANCEL, 'answer_lost')
    house.gate.plan(path, mishap, times)
    await act(house, 'change_amount', paymentId, { amountYen: 8_000 })
    const { payment, operations } = await detailOf(house, paymentId)
    expect(operations.find((operation) => operation.kind === 'change_amount')?.state).toBe('done')
    expect(payment).toMatchObject({ status: 'captured', amountYen: 8_000, refundedYen: 3_000 })
    expect(await liveClaims(paymentId)).toEqual([8_000])
    expect(house.gate.planned()).toBe(0)
    expect(await house.verify()).toEqual([])
  })

  test.each([CANCEL, AGAIN])('the process is killed right after NP did %s', async (path) => {
    const paymentId = await shippedYesterday()
    house.gate.plan(path, 'killed_after')
    house.gate.onKill = breakNextWrite(house)
    await act(house, 'change_amount', paymentId, { amountYen: 8_000 })
    expect(await liveClaims(paymentId)).toEqual([8_000])
    expect((await detailOf(house, paymentId)).payment).toMatchObject({ amountYen: 8_000, refundedYen: 3_000 })
    expect(await house.verify()).toEqual([])
  })

  test('a poll in the middle sees the cancelled claim', async () => {
    const paymentId = await shippedYesterday()
    house.gate.plan(AGAIN, 'server_error', 1)
    await ask(house, [{ action: 'change_amount', paymentId, amountYen: 8_000 }])
    await house.poll()
    expect((await detailOf(house, paymentId)).payment).toMatchObject({ amountYen: 8_000, refundedYen: 3_000 })
    expect(await liveClaims(paymentId)).toEqual([8_000])
  })
})

describe('when NP refuses', () => {
  test('the cancel, the old claim stands as it was', async () => {
    const paymentId = await shippedYesterday()
    house.gate.plan(CANCEL, { refuse: 'E0100118' })
    await act(house, 'change_amount', paymentId, { amountYen: 8_000 })
    const { payment, operations } = await detailOf(house, paymentId)
    expect(operations.find((operation) => operation.kind === 'change_amount')).toMatchObject({
      state: 'refused',
      codes: ['E0100118'],
    })
    expect(payment).toMatchObject({ status: 'captured', amountYen: 11_000, refundedYen: 0 })
    expect(await liveClaims(paymentId)).toEqual([11_000])
  })

  test('the re-registration, the payment says so, and is registered again or given up by a click', async () => {
    const [first, second] = [await shippedYesterday(), await shippedYesterday()]
    house.gate.plan(AGAIN, { refuse: 'E0131011' }, 2)
    for (const paymentId of [first, second]) {
      await act(house, 'change_amount', paymentId, { amountYen: 8_000 })
      const { payment, actions } = await detailOf(house, paymentId)
      expect(payment.status).toBe('withdrawn')
      expect(await liveClaims(paymentId)).toEqual([])
      expect(actions.filter(({ verdict }) => verdict.allowed).map(({ action }) => action)).toEqual([
        'reregister',
        'cancel',
      ])
    }
    await act(house, 'reregister', first)
    expect((await detailOf(house, first)).payment).toMatchObject({ status: 'captured', amountYen: 8_000 })
    expect(await liveClaims(first)).toEqual([8_000])
    await act(house, 'cancel', second)
    expect((await detailOf(house, second)).payment).toMatchObject({ status: 'cancelled', refundedYen: 11_000 })
    expect(await house.verify()).toEqual([])
  })
})

test('the smaller claim is what the statement pays, under its own NP id', async () => {
  const [paymentId] = (await order(house, [{ email: 'never+x@example.jp' }])) as [string]
  await ship(house, [paymentId])
  await house.moveDays(1)
  await act(house, 'change_amount', paymentId, { amountYen: 8_000 })
  await house.moveDays(21)
  const { payment, state } = await detailOf(house, paymentId)
  expect(payment).toMatchObject({ status: 'paid_out', amountYen: 8_000 })
  expect((state as { npIds: string[] }).npIds).toHaveLength(2)
  expect(await house.verify()).toEqual([])
})

test('reduced after its closing, the sale is not covered again until the smaller claim is, and the coverage adds up all along', async () => {
  const own = await openHouse()
  await addTerms(own.bff.deps.db.owner, own.bff.merchantId, [
    { shopId: own.bff.shopIds[0], method: 'np_postpaid', kind: 'closing', value: { cycle: 'weekly', roll: 'next' } },
  ])
  const [paymentId = ''] = await order(own, [{ email: 'never+closed@example.jp' }])
  await ship(own, [paymentId])
  await own.moveDays(6)
  expect((await detailOf(own, paymentId)).payment.status).toBe('settled')
  await act(own, 'change_amount', paymentId, { amountYen: 8_000 })
  // Another sale, so that the next closing is not in the merchant's debt.
  await ship(own, await order(own, [{ email: 'never+another@example.jp' }]))
  for (const expected of ['not_yet', 'covered'] as const) {
    const coverage = await own.api<Coverage>('GET', '/api/payouts/coverage')
    expect(coverage).toMatchObject({ adds: true, completed: { count: 2, amountYen: 19_000 } })
    expect(coverage.parts.filter((part) => part.count > 0).map(({ part }) => part)).toEqual([expected])
    await own.moveDays(7)
  }
  expect((await detailOf(own, paymentId)).payment).toMatchObject({ status: 'paid_out', amountYen: 8_000 })
  expect(await own.verify()).toEqual([])
  await own.close()
})
type Coverage = {
  readonly adds: boolean
  readonly parts: ReadonlyArray<{ readonly part: string; readonly count: number }>
}

/** The next transaction of the BFF does not come to its end, as when the process dies before it. */
function breakNextWrite({ bff }: House): () => void {
  return () => {
    const { db } = bff.deps
    const merchant = db.merchant.bind(db)
    Object.assign(db, {
      merchant: () => {
        Object.assign(db, { merchant })
        throw new Error('killed')
      },
    })
  }
}
