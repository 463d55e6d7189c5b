/** Why something is cancelled, refunded or changed: the merchant's own list, and where a reason must be given. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_REASONS, type ReasonSettings } from '@choba/shared/contracts/action-reasons.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { errorOf, type TestClient } from '../../testing/app.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

const OWN: ReasonSettings = {
  reasons: [
    { name: '柄違い', actions: ['cancel', 'refund'] },
    { name: '予算なし', actions: ['decline'] },
  ],
  required: ['cancel'],
}

let house: Shopkeeper
let admin: TestClient
let staff: TestClient
let serial = 0

beforeAll(async () => {
  house = await openShop()
  admin = house.client
  staff = await house.signIn('staff')
})
afterAll(() => house.close())

async function read(client = staff): Promise<ReasonSettings> {
  return (await (await client.get('/api/action-reasons')).json()) as ReasonSettings
}
function write(settings: ReasonSettings, client = admin) {
  return client.send('PUT', '/api/action-reasons', settings)
}
type RowResult = { operation: { reason: string | null } | null; error: { code: string; reason: string | null } | null }

async function cancel(reason?: string): Promise<RowResult> {
  const paymentId = await house.order(`REASON-${(serial += 1)}`)
  await house.work()
  const wish = { idempotencyKey: uuidv7(), action: 'cancel', paymentId, ...(reason !== undefined && { reason }) }
  const answer = await staff.send('POST', '/api/operations', { operations: [wish] })
  return ((await answer.json()) as { results: RowResult[] }).results[0] as RowResult
}
async function told(): Promise<unknown[]> {
  return house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'before', 'after', 'reason'])
    .where('merchantId', '=', house.merchantId)
    .where('action', 'in', ['reasons.change', 'payment.cancel'])
    .orderBy('auditId')
    .execute()
}

test('a shop begins with the usual reasons and none required; an admin settles its own, told once', async () => {
  expect(await read()).toEqual(DEFAULT_REASONS)
  expect((await cancel()).error).toBeNull()
  expect((await write(OWN, staff)).status).toBe(403)
  expect((await write(OWN)).status).toBe(200)
  await write(OWN)
  expect(await read()).toEqual(OWN)
  const changes = (await told()).filter((entry) => (entry as { action: string }).action === 'reasons.change')
  expect(changes).toEqual([{ action: 'reasons.change', before: DEFAULT_REASONS, after: OWN, reason: null }])
  expect(await read(await house.signInElsewhere('admin'))).toEqual(DEFAULT_REASONS)
})

test('where a reason is required, what comes without one is refused, and what comes with one keeps its words', async () => {
  await write(OWN)
  const missing = { code: 'request.invalid', reason: 'reason_missing' }
  expect(await cancel()).toMatchObject({ operation: null, error: missing })
  expect(await cancel('  ')).toMatchObject({ operation: null, error: missing })
  expect(await cancel('柄違い（赤→青）')).toMatchObject({ operation: { reason: '柄違い（赤→青）' }, error: null })
  expect((await told()).at(-1)).toMatchObject({ action: 'payment.cancel', reason: '柄違い（赤→青）' })
})

test('a reason named twice is refused, and the list stays as it was', async () => {
  await write(OWN)
  const twice = [...OWN.reasons, { name: '柄違い', actions: ['refund' as const] }]
  expect(await errorOf(await write({ ...OWN, reasons: twice }))).toMatchObject({ code: 'request.invalid' })
  expect(await read()).toEqual(OWN)
})
