/** What colleagues say to each other about a payment, whom it reaches, and whose the payment is. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboxView, PaymentTalk } from '@choba/shared/contracts/notes.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, type TestMerchant } from '../../testing/factory.ts'

let house: TestApp
let merchant: TestMerchant
let staff: TestClient
let accountant: TestClient
let reader: TestClient
let orders = 0

beforeAll(async () => {
  house = await createTestApp()
  merchant = await addConnections(house.deps.db.owner, house.merchantId, house.shopIds)
  staff = await house.signIn('staff')
  accountant = await house.signIn('accountant')
  reader = await house.signIn('read_only')
})
afterAll(() => house.close())

async function newPayment(shop = 0): Promise<string> {
  const paymentId = uuidv7()
  const order = { paymentId, orderNumber: `T-${++orders}`, shopId: house.shopIds[shop] as string }
  await registerPayment(house.deps.db.owner, merchant, order)
  return paymentId
}
async function talk(client: TestClient, paymentId: string): Promise<PaymentTalk> {
  return (await (await client.get(`/api/payments/${paymentId}/notes`)).json()) as PaymentTalk
}
async function idOf(role: string): Promise<string> {
  const { people } = await talk(staff, await newPayment())
  return people.find(({ name }) => name === `${role} 太郎`)?.id ?? ''
}
function say(client: TestClient, paymentId: string, body: string, mentions: string[] = [], id: string = uuidv7()) {
  return client.send('POST', `/api/payments/${paymentId}/notes`, { id, body, mentions })
}
function assign(client: TestClient, paymentId: string, userId: string | null) {
  return client.send('PUT', `/api/payments/${paymentId}/assignee`, { userId })
}
async function inboxOf(client: TestClient): Promise<InboxView> {
  return (await (await client.get('/api/inbox')).json()) as InboxView
}
async function mine(client: TestClient, what: string): Promise<string[]> {
  const answer = await client.get(`/api/payments?mine=${what}`)
  return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id)
}
async function audited(paymentId: string): Promise<unknown[]> {
  return house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'before', 'after'])
    .where('subjectId', '=', paymentId)
    .orderBy('auditId')
    .execute()
}

test('a note is read by everybody who sees the payment, and reaches the inbox of whom it names', async () => {
  const paymentId = await newPayment()
  const accountantId = await idOf('accountant')
  const before = (await inboxOf(accountant)).unread
  expect((await say(staff, paymentId, ' @accountant 太郎 入金を見てください ', [accountantId])).status).toBe(200)
  expect(await talk(accountant, paymentId)).toMatchObject({
    notes: [
      { author: { name: 'staff 太郎' }, body: '@accountant 太郎 入金を見てください', mentions: [{ id: accountantId }] },
    ],
  })
  // Its words may name a customer: whoever may not read such data sees that something was said.
  expect((await talk(reader, paymentId)).notes).toMatchObject([{ author: { name: 'staff 太郎' }, body: '＊＊＊' }])
  const { unread, items } = await inboxOf(accountant)
  expect(unread).toBe(before + 1)
  expect(items[0]).toMatchObject({ kind: 'mentioned', paymentId, by: { name: 'staff 太郎' }, readAt: null })
  expect(await inboxOf(staff)).toMatchObject({ items: [] })
  expect(await mine(accountant, 'mentioned')).toContain(paymentId)
  expect(await mine(staff, 'mentioned')).not.toContain(paymentId)

  const read = await accountant.send('POST', '/api/inbox/read', { ids: [items[0]?.id] })
  expect(await read.json()).toMatchObject({ unread: before, items: [{ readAt: expect.any(String) }] })
})

test('the same note sent twice is one note; its id is no other note’s', async () => {
  const paymentId = await newPayment()
  const id = uuidv7()
  await say(staff, paymentId, '一度だけ', [await idOf('accountant')], id)
  expect((await say(staff, paymentId, '一度だけ', [], id)).status).toBe(200)
  expect((await talk(staff, paymentId)).notes).toHaveLength(1)
  for (const answer of [
    await say(staff, paymentId, '別の内容', [], id),
    await say(accountant, paymentId, '一度だけ', [], id),
    await say(staff, await newPayment(), '一度だけ', [], id),
  ])
    expect((await errorOf(answer)).code).toBe('idempotency.conflict')
  expect(await audited(paymentId)).toHaveLength(1)
})

test('only its author takes a note back; its words are gone, and nobody is told of it any more', async () => {
  const paymentId = await newPayment()
  const id = uuidv7()
  await say(staff, paymentId, '電話番号を控えた', [await idOf('accountant')], id)
  const { unread } = await inboxOf(accountant)
  expect((await accountant.send('DELETE', `/api/payments/${paymentId}/notes/${id}`)).status).toBe(404)
  await staff.send('DELETE', `/api/payments/${paymentId}/notes/${id}`)
  await staff.send('DELETE', `/api/payments/${paymentId}/notes/${id}`)
  expect((await talk(staff, paymentId)).notes).toMatchObject([{ isRemoved: true, body: '', mentions: [] }])
  expect((await inboxOf(accountant)).unread).toBe(unread - 1)
  expect(await mine(accountant, 'mentioned')).not.toContain(paymentId)
  const log = await audited(paymentId)
  expect(log).toMatchObject([{ action: 'payment.note' }, { action: 'payment.note_remove' }])
  expect(JSON.stringify(log)).not.toContain('電話番号')
})

test('a payment is given to somebody, to somebody else, and to nobody', async () => {
  const paymentId = await newPayment()
  const [accountantId, staffId] = [await idOf('accountant'), await idOf('staff')]
  await assign(staff, paymentId, accountantId)
  await assign(staff, paymentId, accountantId)
  expect(await mine(accountant, 'assigned')).toContain(paymentId)
  expect((await inboxOf(accountant)).items[0]).toMatchObject({ id: `a:${paymentId}`, kind: 'assigned', readAt: null })
  await assign(accountant, paymentId, staffId)
  expect((await inboxOf(accountant)).items.filter((item) => item.id === `a:${paymentId}`)).toEqual([])
  expect((await talk(reader, paymentId)).assignee).toEqual({ id: staffId, name: 'staff 太郎' })
  // Who takes it on has nothing to be told.
  await assign(staff, paymentId, null)
  await assign(staff, paymentId, staffId)
  expect((await inboxOf(staff)).items.find((item) => item.id === `a:${paymentId}`)?.readAt).toEqual(expect.any(String))
  expect(await audited(paymentId)).toMatchObject([
    { before: { userId: null }, after: { userId: accountantId } },
    { before: { userId: accountantId }, after: { userId: staffId } },
    { after: { userId: null } },
    { after: { userId: staffId } },
  ])
})

test('whoever cannot see the shop is neither named nor given its payments, and what they had been told is hidden', async () => {
  const paymentId = await newPayment(1)
  const readerId = await idOf('read_only')
  await say(staff, paymentId, '@read_only 太郎', [readerId])
  await assign(staff, paymentId, readerId)
  expect((await inboxOf(reader)).items).toHaveLength(2)
  const members = house.deps.db.owner.updateTable('member').where('userId', '=', readerId)
  await members.set({ shopIds: [house.shopIds[0]] }).execute()
  try {
    const limited = await house.signIn('read_only')
    expect(await inboxOf(limited)).toEqual({ unread: 0, items: [] })
    expect((await limited.get(`/api/payments/${paymentId}/notes`)).status).toBe(404)
    expect((await talk(staff, paymentId)).people.map(({ id }) => id)).not.toContain(readerId)
    for (const answer of [
      await say(staff, paymentId, '@', [readerId]),
      await assign(staff, await newPayment(1), readerId),
    ])
      expect((await errorOf(answer)).code).toBe('request.invalid')
  } finally {
    await members.set({ shopIds: null }).execute()
  }
})

test('whoever only reads writes nothing, and no other merchant sees a word', async () => {
  const paymentId = await newPayment()
  expect((await say(reader, paymentId, 'だめ')).status).toBe(403)
  expect((await assign(reader, paymentId, null)).status).toBe(403)
  const elsewhere = await house.signInElsewhere('admin')
  expect((await elsewhere.get(`/api/payments/${paymentId}/notes`)).status).toBe(404)
  expect((await say(elsewhere, paymentId, 'だめ')).status).toBe(404)
  const theirs = (await (await elsewhere.get('/api/payments')).json()) as { items: unknown[] }
  expect(theirs.items).toEqual([])
})

test('list, totals and the check of an export agree on what concerns whoever asks', async () => {
  const paymentId = await newPayment()
  await assign(staff, paymentId, await idOf('accountant'))
  await say(staff, await newPayment(), '@', [await idOf('accountant')])
  const query = 'mine=assigned,mentioned'
  const rows = await mine(accountant, 'assigned,mentioned')
  const totals = (await (await accountant.get(`/api/payments/totals?${query}`)).json()) as { count: number }
  const check = (await (
    await accountant.get(`/api/payments/export/check?${query}&encoding=utf8&language=ja`)
  ).json()) as {
    totals: { count: number }
  }
  expect(rows.length).toBeGreaterThan(1)
  expect([totals.count, check.totals.count]).toEqual([rows.length, rows.length])
})
