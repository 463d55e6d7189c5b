import { encodeReferences, encodeReregistrations } from '@choba/wire/np/encode-requests.ts'
import { yen } from '@choba/shared/money.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { expect, test } from 'vitest'
import { createNpTest, npOrder, shipmentOf, type NpTest } from '../testing/np.ts'
import { FAULT_CALLS, faultsOfCall, withoutFault } from './faults.ts'
import { steeringOf } from './steering.ts'

async function shipped(np: NpTest, email: string): Promise<string> {
  const { results } = await np.register([npOrder({}, { email })])
  const id = results[0]!.npTransactionId
  await np.ship([shipmentOf(id)])
  np.moveDays(1)
  return id
}
function again(baseNpTransactionId: string) {
  return {
    baseNpTransactionId,
    shopTransactionId: 'AGAIN',
    shopOrderDate: businessDate('2026-08-04'),
    billedAmountYen: yen(8_000),
    goods: [{ name: '煎茶', priceYen: yen(8_000), quantity: 1 }],
  }
}

test('a trouble with a call’s name is at that call alone, and once means once', async () => {
  const np = createNpTest()
  const id = await shipped(np, 'error500-once-cancel+never+a@example.jp')
  const references = encodeReferences([{ npTransactionId: id }])
  expect((await np.call('PATCH', '/v1/transactions/cancel', references)).status).toBe(500)
  expect((await np.cancel([id])).results).toHaveLength(1)
})

test('registering again can be lost once, and has been done all the same', async () => {
  const np = createNpTest()
  const id = await shipped(np, 'drop-once-reregister+never+a@example.jp')
  await np.cancel([id])
  await np.call('POST', '/v1/transactions/reregister', encodeReregistrations([again(id)]))
  expect((await np.reregister([again(id)])).errors[0]?.codes).toEqual(['E0131006'])
})

test('registering again can be refused for good, or once', async () => {
  const np = createNpTest()
  const [always, once] = [
    await shipped(np, 'refuse-reregister+never+a@example.jp'),
    await shipped(np, 'refuse-once-reregister+never+a@example.jp'),
  ]
  await np.cancel([always, once])
  for (const id of [always, always, once])
    expect((await np.reregister([again(id)])).errors[0]).toEqual({ id, codes: ['E0131011'] })
  expect((await np.reregister([again(once)])).results).toHaveLength(1)
})

test('questions fail only where they are named', () => {
  const { store } = createNpTest().deps
  const faultAt = (email: string, call: (typeof FAULT_CALLS)[number]) =>
    faultsOfCall(store, call, [{ email, sale: 'A' }]).fault
  const calls = (email: string) => FAULT_CALLS.filter((call) => faultAt(email, call) !== undefined)
  expect(calls('timeout+a@example.jp')).toEqual(['register', 'update', 'cancel', 'reregister', 'ship'])
  expect(calls('drop-payments+a@example.jp')).toEqual(['payments'])
  expect(calls('dropped+a@example.jp')).toEqual([])
})

test('words after the trouble steer as if it were not there', () => {
  expect(withoutFault('drop-once-cancel+never+a@example.jp')).toBe('never+a@example.jp')
  expect(steeringOf(npOrder({}, { email: 'refuse-reregister+late+a@example.jp' })).payment).toBe('late')
})
