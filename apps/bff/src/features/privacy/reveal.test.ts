/** Masked personal data shown for a reason: what leaves, what is written down, and how often. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, jsonInit, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections } from '../../testing/factory.ts'
import { PERSON, piecesIn, plantPayments } from '../../testing/planted-person.ts'

const REASON = { reason: 'お客様からの問い合わせ' }

let house: TestApp
let admin: TestClient
let reader: TestClient
let readerId: string
let paymentId: string
let customerId: string

beforeAll(async () => {
  house = await createTestApp()
  const { owner } = house.deps.db
  admin = await house.signIn('admin')
  reader = await house.signIn('read_only')
  readerId = ((await (await reader.get('/api/session')).json()) as { user: { id: string } }).user.id
  const merchant = await addConnections(owner, house.merchantId, house.shopIds)
  paymentId = (await plantPayments(house, merchant, { lives: 1 }))[0] as string
  const { rows } = await sql<{
    id: string
  }>`select customer_id as id from customer where name = ${PERSON.name}`.execute(owner)
  customerId = rows[0]?.id ?? ''
})
afterAll(() => house.close())

function logged() {
  return house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'actorKind', 'actorId', 'subjectId', 'reason', 'ip', 'after'])
    .where('action', 'like', '%.reveal')
    .orderBy('auditId')
    .execute()
}
async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, (await errorOf(response)).code]
}
function setPerHour(revealsPerHour: number): Promise<Response> {
  return admin.send('PUT', '/api/privacy', { revealsPerHour })
}

test('whoever only reads sees one payment and one customer plainly for a reason, and the log says who, what, why and from where', async () => {
  expect(piecesIn(await (await reader.get(`/api/payments/${paymentId}`)).text())).toEqual([])
  const payment = await reader.send('POST', `/api/payments/${paymentId}/reveal`, REASON)
  expect(payment.headers.get('Cache-Control')).toContain('no-store')
  const { name, kana, zip, address, phone, email, company } = PERSON
  expect(await payment.json()).toEqual({
    customer: { name, kana, zip, address, phone, email, company },
    delivery: { name, kana, zip, address, phone, company },
  })
  const customer = await reader.send('POST', `/api/customers/${customerId}/reveal`, { reason: ' 配送の確認 ' })
  expect(await customer.json()).toEqual({ name, kana, phone, email })
  const by = { actorKind: 'person', actorId: readerId, ip: '0.0.0.0', after: null }
  const log = await logged()
  expect(log).toEqual([
    { ...by, action: 'payment.reveal', subjectId: paymentId, reason: REASON.reason },
    { ...by, action: 'customer.reveal', subjectId: customerId, reason: '配送の確認' },
  ])
  // The next look is masked again, and so is the page that names everything.
  for (const path of [
    `/api/payments/${paymentId}`,
    `/api/customers/${customerId}`,
    `/api/payments/${paymentId}/everything`,
  ])
    expect([path, piecesIn(await (await reader.get(path)).text())]).toEqual([path, []])
})

test('without a reason, without the permission, or of what is not theirs, nothing is shown and nothing counted', async () => {
  const before = (await logged()).length
  for (const reason of ['', '  ', 'x'])
    expect((await reader.send('POST', `/api/payments/${paymentId}/reveal`, { reason })).status).toBe(400)
  for (const role of ['staff', 'accountant'] as const)
    expect((await (await house.signIn(role)).send('POST', `/api/payments/${paymentId}/reveal`, REASON)).status).toBe(
      403,
    )
  const elsewhere = await house.signInElsewhere('admin')
  for (const path of [`payments/${paymentId}`, `customers/${customerId}`])
    expect([path, (await elsewhere.send('POST', `/api/${path}/reveal`, REASON)).status]).toEqual([path, 404])
  expect((await reader.send('POST', `/api/payments/${uuidv7()}/reveal`, REASON)).status).toBe(404)
  expect(await logged()).toHaveLength(before)
})

test('a program shows it only with a key of that scope, and stands in the log as the key', async () => {
  const show = async (permissions: string[]) => {
    const issued = await admin.send('POST', '/api/api-keys', { id: uuidv7(), name: 'CRM', permissions, days: 30 })
    const { token } = (await issued.json()) as { token: string }
    const init = jsonInit('POST', REASON)
    const headers = { ...init.headers, Authorization: `Bearer ${token}` }
    return house.app.request(`/api/payments/${paymentId}/reveal`, { ...init, headers })
  }
  expect((await show(['sales.read', 'personal_data.read'])).status).toBe(403)
  // Whoever may not see sales sees nobody of them.
  expect((await show(['personal_data.reveal'])).status).toBe(403)
  expect(await (await show(['sales.read', 'personal_data.reveal'])).json()).toMatchObject({
    customer: { name: PERSON.name },
  })
  expect((await logged()).at(-1)).toMatchObject({ actorKind: 'key', action: 'payment.reveal' })
})

test('a merchant settles how many an hour, each person for themselves; two at once are not both the last', async () => {
  expect((await setPerHour(4)).status).toBe(200)
  const left = async () => (await reader.get('/api/reveals')).json()
  expect(await left()).toEqual({ left: 2, perHour: 4 })
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => reader.send('POST', `/api/payments/${paymentId}/reveal`, REASON)),
  )
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '200', '429', '429'])
  expect(await refusalOf(await reader.send('POST', `/api/customers/${customerId}/reveal`, REASON))).toEqual([
    429,
    'reveal.too_many',
  ])
  expect(await left()).toEqual({ left: 0, perHour: 4 })
  expect((await admin.send('POST', `/api/customers/${customerId}/reveal`, REASON)).status).toBe(200)
  // A lower number leaves nobody with less than none.
  await setPerHour(1)
  expect(await left()).toEqual({ left: 0, perHour: 1 })
  await setPerHour(0)
  expect(await refusalOf(await reader.send('POST', `/api/payments/${paymentId}/reveal`, REASON))).toEqual([
    409,
    'reveal.off',
  ])
  expect(await left()).toEqual({ left: 0, perHour: 0 })
})

test('what was shown more than an hour ago counts no more', async () => {
  const { user } = (await (await admin.get('/api/session')).json()) as { user: { id: string } }
  await setPerHour(2)
  const left = async () => ((await (await admin.get('/api/reveals')).json()) as { left: number }).left
  expect(await left()).toBe(1)
  const { owner } = house.deps.db
  // The log takes no change: what is older is put there as older.
  await sql`alter table audit_log disable trigger user`.execute(owner)
  await sql`update audit_log set at = at - interval '61 minutes' where actor_id = ${user.id}`.execute(owner)
  await sql`alter table audit_log enable trigger user`.execute(owner)
  expect(await left()).toBe(2)
})

test('a person of some shops is shown nothing of another', async () => {
  await setPerHour(20)
  const member = house.deps.db.owner.updateTable('member').where('userId', '=', readerId)
  await member.set({ shopIds: [house.shopIds[1] as string] }).execute()
  const limited = await house.signIn('read_only')
  for (const path of [`payments/${paymentId}`, `customers/${customerId}`])
    expect([path, (await limited.send('POST', `/api/${path}/reveal`, REASON)).status]).toEqual([path, 404])
})
