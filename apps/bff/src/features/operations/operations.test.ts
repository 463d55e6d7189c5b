import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyMerchant } from '../../ledger/verify.ts'
import { approved } from '../../testing/scripted-provider.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
})
beforeEach(() => {
  shop.provider.asked.length = 0
  shop.provider.execution = approved
  shop.provider.inquiry = () => ({ kind: 'unknown', cause: 'not scripted' })
})
afterAll(() => shop.close())

let serial = 0
async function authorized(amountYen?: number): Promise<string> {
  const paymentId = await shop.order(`OP-${(serial += 1)}`, amountYen)
  await shop.work()
  shop.provider.asked.length = 0
  return paymentId
}

test('registers an order with its provider and books nothing yet', async () => {
  const paymentId = await authorized()
  expect(await shop.status(paymentId)).toEqual({ status: 'authorized', capturedYen: 0, refundedYen: 0, inFlight: null })
})

test('answers the same order twice with the same payment, and refuses the number for another amount', async () => {
  const paymentId = await shop.order('OP-same', 1100)
  expect(await shop.order('OP-same', 1100)).toBe(paymentId)
  expect(await shop.order('OP-same', 2200)).toBe('')
})

test('captures a part, refunds the rest of it in pieces, and never more', async () => {
  const paymentId = await authorized(1100)
  await shop.act('capture', paymentId, { amountYen: 1000 })
  await shop.work()
  await shop.act('refund', paymentId, { amountYen: 400 })
  await shop.work()
  expect(await shop.act('refund', paymentId, { amountYen: 601 })).toMatchObject({
    operation: null,
    error: { code: 'request.invalid', reason: 'amountYen' },
  })
  await shop.act('refund', paymentId, { amountYen: 600 })
  await shop.work()
  expect(await shop.status(paymentId)).toMatchObject({ status: 'refunded', capturedYen: 1000, refundedYen: 1000 })
})

test('accepts one operation at a time on a payment', async () => {
  const paymentId = await authorized()
  expect((await shop.act('capture', paymentId)).operation?.state).toBe('accepted')
  expect((await shop.act('cancel', paymentId)).error).toEqual({
    code: 'operation.in_flight',
    reason: 'operation_in_flight',
  })
  expect((await shop.status(paymentId)).inFlight).toBe('capture')
  await shop.work()
  expect((await shop.status(paymentId)).inFlight).toBeNull()
})

test('answers a repeated key with the operation it made, and refuses the key for another request', async () => {
  const paymentId = await authorized()
  const request = { idempotencyKey: 'the-same-key', action: 'capture', paymentId }
  const send = async (body: object) =>
    (
      (await (await shop.client.send('POST', '/api/operations', { operations: [body] })).json()) as {
        results: Array<{ operation: { id: string } | null; error: { code: string } | null }>
      }
    ).results[0]
  const first = await send(request)
  await shop.work()
  expect((await send(request))?.operation?.id).toBe(first?.operation?.id)
  expect((await send({ ...request, amountYen: 500 }))?.error?.code).toBe('idempotency.conflict')
  expect(shop.provider.asked.filter((asked) => asked.kind === 'capture')).toHaveLength(1)
})

test('keeps an unanswered capture unknown until an inquiry tells, and never sends it twice', async () => {
  const paymentId = await authorized()
  shop.provider.execution = () => ({ kind: 'unknown', cause: 'time-out' })
  let inquiries = 0
  shop.provider.inquiry = (item) => ((inquiries += 1) < 3 ? { kind: 'unknown', cause: 'time-out' } : approved(item))
  await shop.act('capture', paymentId)
  await shop.work()
  expect(await shop.status(paymentId)).toMatchObject({ status: 'captured', capturedYen: 1100, inFlight: null })
  expect(shop.provider.asked.map((asked) => asked.call)).toEqual(['execute', 'inquire', 'inquire', 'inquire'])
})

test('sends again what an inquiry shows was not done', async () => {
  const paymentId = await authorized()
  shop.provider.execution = () => ({ kind: 'unknown', cause: 'time-out' })
  shop.provider.inquiry = () => {
    shop.provider.execution = approved
    return { kind: 'not_done', cause: 'the provider does not know it' }
  }
  await shop.act('capture', paymentId)
  await shop.work()
  expect(await shop.status(paymentId)).toMatchObject({ status: 'captured', capturedYen: 1100 })
  expect(shop.provider.asked.map((asked) => asked.call)).toEqual(['execute', 'inquire', 'execute'])
})

test('gives up on a provider that cannot be reached and says so', async () => {
  const paymentId = await authorized()
  shop.provider.execution = () => ({ kind: 'not_done', cause: 'ECONNREFUSED' })
  const { operation } = await shop.act('capture', paymentId)
  await shop.work()
  const response = await shop.client.get(`/api/operations/${operation?.id}`)
  expect(await response.json()).toMatchObject({ state: 'failed', codes: ['provider.unreachable'] })
  expect(await shop.status(paymentId)).toMatchObject({ status: 'authorized', inFlight: null })
})

test('marks an order as failed when its registration reached nobody', async () => {
  shop.provider.execution = () => ({ kind: 'not_done', cause: 'ECONNREFUSED' })
  const paymentId = await shop.order('OP-nobody')
  await shop.work()
  expect(await shop.status(paymentId)).toMatchObject({ status: 'failed', inFlight: null })
})

test('looks up what a process left running when it died, instead of sending it', async () => {
  const paymentId = await authorized()
  const { operation } = await shop.act('capture', paymentId)
  await shop.deps.db.owner
    .updateTable('operation')
    .set({ state: 'running' })
    .where('operationId', '=', operation?.id ?? '')
    .execute()
  shop.provider.inquiry = approved
  await shop.work()
  expect(await shop.status(paymentId)).toMatchObject({ status: 'captured', capturedYen: 1100 })
  expect(shop.provider.asked.map((asked) => asked.call)).toEqual(['inquire'])
})

test('keeps the provider codes of a refusal and leaves the payment as it was', async () => {
  const paymentId = await authorized()
  shop.provider.execution = () => ({ kind: 'refused', codes: ['10142999'], news: [], messages: [] })
  const { operation } = await shop.act('capture', paymentId)
  await shop.work()
  expect(await (await shop.client.get(`/api/operations/${operation?.id}`)).json()).toMatchObject({
    state: 'refused',
    codes: ['10142999'],
  })
  expect(await shop.status(paymentId)).toMatchObject({ status: 'authorized', capturedYen: 0 })
})

test('forgets a one-time token when its operation has ended', async () => {
  const paymentId = await authorized()
  const { request } = await shop.deps.db.owner
    .selectFrom('operation')
    .select('request')
    .where('paymentId', '=', paymentId)
    .executeTakeFirstOrThrow()
  expect(request).toEqual({ card: { capture: 'specified' } })
})

test('refuses an accountant every action', async () => {
  const accountant = await shop.signIn('accountant')
  const response = await accountant.send('POST', '/api/operations', {
    operations: [{ idempotencyKey: 'accountant-1', action: 'capture', paymentId: await authorized() }],
  })
  expect(response.status).toBe(403)
})

test('leaves books that verify after all of this', async () => {
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
})
