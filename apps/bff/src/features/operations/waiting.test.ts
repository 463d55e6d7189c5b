/** Ceilings, the second person, and the while in which an order can be taken back. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WaitingOperation } from '@choba/shared/contracts/safety.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { errorOf, type TestClient } from '../../testing/app.ts'
import { approved } from '../../testing/scripted-provider.ts'
import { type ActResult, openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

const NOTHING = { secondPersonFromYen: null, holdSeconds: 0, holdActions: [], ceilings: [] }
const REFUSED_ABOVE = { operation: null, error: { code: 'action.not_allowed', reason: 'above_ceiling' } }

let shop: Shopkeeper
let staff: TestClient
let accountant: TestClient
beforeAll(async () => {
  shop = await openShop()
  staff = await shop.signIn('staff')
  accountant = await shop.signIn('accountant')
})
beforeEach(async () => {
  shop.provider.asked.length = 0
  shop.provider.execution = approved
  await settle({})
})
afterAll(() => shop.close())

async function settle(changes: Partial<Record<keyof typeof NOTHING, unknown>>): Promise<void> {
  const answer = await shop.client.send('PUT', '/api/safety', { ...NOTHING, ...changes })
  expect(answer.status).toBe(200)
}

let serial = 0
/** Captured, so that a refund gives something up. */
async function sold(amountYen: number): Promise<string> {
  const paymentId = await shop.order(`WAIT-${(serial += 1)}`, amountYen)
  await shop.work()
  await shop.act('capture', paymentId)
  await shop.work()
  shop.provider.asked.length = 0
  return paymentId
}

async function ask(client: TestClient, paymentId: string, amountYen: number): Promise<ActResult> {
  const operation = { idempotencyKey: `key-${uuidv7()}`, action: 'refund', paymentId, amountYen, reason: '返品' }
  const answer = await client.send('POST', '/api/operations', { operations: [operation] })
  const { results } = (await answer.json()) as { results: ActResult[] }
  return results[0] as ActResult
}

async function waitingOf(client: TestClient, paymentId: string): Promise<WaitingOperation | undefined> {
  const { items } = (await (await client.get(`/api/approvals?payment=${paymentId}`)).json()) as {
    items: WaitingOperation[]
  }
  return items[0]
}

async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, (await errorOf(response)).code]
}

test('a role’s ceiling is the most it gives up at once; another role’s is its own', async () => {
  await settle({ ceilings: [{ role: 'staff', ceilingYen: 3_000 }] })
  const paymentId = await sold(10_000)
  expect(await (await staff.get('/api/safety/own')).json()).toMatchObject({ ceilingYen: 3_000 })
  expect(await ask(staff, paymentId, 3_001)).toEqual(expect.objectContaining(REFUSED_ABOVE))
  expect((await ask(staff, paymentId, 3_000)).operation?.state).toBe('accepted')
  await shop.work()
  expect((await ask(shop.client, paymentId, 7_000)).operation?.state).toBe('accepted')
  await shop.work()
})

test('from an amount on nothing is sent before another person agrees, and both names are in the log', async () => {
  await settle({ secondPersonFromYen: 5_000 })
  const paymentId = await sold(20_000)
  expect((await ask(staff, paymentId, 4_999)).operation?.state).toBe('accepted')
  await shop.work()
  const { operation } = await ask(staff, paymentId, 5_000)
  await shop.work()
  expect(operation?.state).toBe('requested')
  expect(shop.provider.asked.filter(({ kind }) => kind === 'refund')).toHaveLength(1)
  expect((await ask(shop.client, paymentId, 1_000)).error?.code).toBe('operation.in_flight')
  expect(await waitingOf(accountant, paymentId)).toMatchObject({
    givesUpYen: 5_000,
    requestedByName: 'staff 太郎',
    reason: '返品',
    mayDecide: true,
    mayTakeBack: false,
  })
  expect((await accountant.send('POST', `/api/approvals/${operation?.id}/approve`)).status).toBe(200)
  await shop.work()
  expect(await shop.status(paymentId)).toMatchObject({ refundedYen: 9_999, inFlight: null })
  const { items } = (await (
    await shop.client.get(`/api/audit-log?subjectKind=payment&subjectId=${paymentId}`)
  ).json()) as { items: Array<{ action: string; actor: { name: string } }> }
  expect(items.map(({ action, actor }) => [action, actor.name])).toEqual(
    expect.arrayContaining([
      ['payment.refund', 'staff 太郎'],
      ['approval.approve', 'accountant 太郎'],
    ]),
  )
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
})

test('nobody agrees to their own request, not through a key of theirs either, and staff agree to none', async () => {
  await settle({ secondPersonFromYen: 1 })
  const own = await ask(shop.client, await sold(5_000), 5_000)
  const path = `/api/approvals/${own.operation?.id}/approve`
  expect(await refusalOf(await shop.client.send('POST', path))).toEqual([409, 'operation.own_request'])
  expect(await refusalOf(await staff.send('POST', path))).toEqual([403, 'auth.forbidden'])
  const issued = await shop.client.send('POST', '/api/api-keys', {
    id: uuidv7(),
    name: '基幹',
    permissions: ['sales.read', 'sales.act'],
    days: 30,
  })
  const { token } = (await issued.json()) as { token: string }
  const paymentId = await sold(4_000)
  const program = await shop.app.request('/api/operations', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      operations: [{ idempotencyKey: 'by-a-program', action: 'refund', paymentId, amountYen: 4_000 }],
    }),
  })
  const { results } = (await program.json()) as { results: ActResult[] }
  expect(results[0]?.operation?.state).toBe('requested')
  const keyPath = `/api/approvals/${results[0]?.operation?.id}/approve`
  expect(await refusalOf(await shop.client.send('POST', keyPath))).toEqual([409, 'operation.own_request'])
  const asProgram = { method: 'POST', headers: { authorization: `Bearer ${token}` } }
  expect((await shop.app.request(keyPath, asProgram)).status).toBe(403)
  expect((await accountant.send('POST', keyPath)).status).toBe(200)
})

test('of two who agree at once one does, and the provider is asked once', async () => {
  await settle({ secondPersonFromYen: 1 })
  const paymentId = await sold(5_000)
  const { operation } = await ask(staff, paymentId, 5_000)
  const path = `/api/approvals/${operation?.id}/approve`
  const answers = await Promise.all([accountant.send('POST', path), shop.client.send('POST', path)])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  await shop.work()
  expect(shop.provider.asked.filter(({ kind }) => kind === 'refund')).toHaveLength(1)
})

test('what is declined or taken back is never sent, and leaves the payment free', async () => {
  await settle({ secondPersonFromYen: 1 })
  const paymentId = await sold(5_000)
  const first = await ask(staff, paymentId, 5_000)
  const declined = await accountant.send('POST', `/api/approvals/${first.operation?.id}/decline`, {
    reason: '金額違い',
  })
  expect(await declined.json()).toMatchObject({ state: 'declined' })
  const second = await ask(staff, paymentId, 5_000)
  const path = `/api/approvals/${second.operation?.id}/take-back`
  expect(await refusalOf(await shop.client.send('POST', path))).toEqual([403, 'auth.forbidden'])
  expect(await (await staff.send('POST', path)).json()).toMatchObject({ state: 'withdrawn' })
  expect(await refusalOf(await staff.send('POST', path))).toEqual([409, 'operation.not_waiting'])
  await shop.work()
  expect(shop.provider.asked).toEqual([])
  expect((await shop.status(paymentId)).inFlight).toBeNull()
})

test('what can no longer be done when another person agrees ends in words', async () => {
  await settle({ secondPersonFromYen: 1 })
  const paymentId = await sold(5_000)
  const { operation } = await ask(staff, paymentId, 5_000)
  const { owner } = shop.deps.db
  await owner.updateTable('member').set({ role: 'read_only' }).where('role', '=', 'staff').execute()
  const refused = await accountant.send('POST', `/api/approvals/${operation?.id}/approve`)
  await owner.updateTable('member').set({ role: 'staff' }).where('role', '=', 'read_only').execute()
  const { code, details } = await errorOf(refused)
  expect([refused.status, code, details['reason']]).toEqual([409, 'action.not_allowed', 'role_forbids'])
  expect(await (await staff.get(`/api/operations/${operation?.id}`)).json()).toMatchObject({
    state: 'declined',
    codes: ['role_forbids'],
  })
  expect((await shop.status(paymentId)).inFlight).toBeNull()
})

test('a held order is sent when its while is over, or taken back before: never both', async () => {
  await settle({ holdSeconds: 30, holdActions: ['refund'] })
  const sent = await sold(2_000)
  expect((await ask(staff, sent, 2_000)).operation?.state).toBe('held')
  expect(shop.provider.asked).toEqual([])
  const { sentAt } = (await waitingOf(staff, sent)) as WaitingOperation
  expect(Date.parse(sentAt ?? '') - Date.now()).toBeGreaterThan(20_000)
  const { rows } = await shop.deps.db.pool.query<{ late: boolean }>(
    `select run_at > now() + interval '20 seconds' as late from graphile_worker._private_jobs`,
  )
  expect(rows).toEqual([{ late: true }])
  await shop.work()
  expect(await shop.status(sent)).toMatchObject({ status: 'refunded', refundedYen: 2_000 })

  const undone = await sold(3_000)
  const { operation } = await ask(staff, undone, 3_000)
  const [taken] = await Promise.all([staff.send('POST', `/api/approvals/${operation?.id}/take-back`), shop.work()])
  await shop.work()
  const { refundedYen } = await shop.status(undone)
  expect([taken.status, refundedYen]).toEqual(taken.status === 200 ? [200, 0] : [409, 3_000])
})

test('settings name what is wrong, are only the admin’s, and are told to the log once', async () => {
  const body = { ...NOTHING, ceilings: [{ role: 'nobody', ceilingYen: 5 }] }
  const refused = await shop.client.send('PUT', '/api/safety', body)
  expect((await errorOf(refused)).details['issues']).toEqual([{ path: 'ceilings.0.role', message: 'no such role' }])
  expect((await accountant.send('PUT', '/api/safety', NOTHING)).status).toBe(403)
  const count = async () => {
    const answer = await shop.client.get('/api/audit-log?action=safety.change')
    return ((await answer.json()) as { items: unknown[] }).items.length
  }
  await settle({ secondPersonFromYen: 77 })
  const before = await count()
  await settle({ secondPersonFromYen: 77 })
  expect(await count()).toBe(before)
})
