/** Words of the merchant's own on payments: who makes them, who puts them on, and what the ledger finds by them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { TagRow } from '@choba/shared/contracts/tags.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, type TestMerchant } from '../../testing/factory.ts'

let house: TestApp
let merchant: TestMerchant
let admin: TestClient
let staff: TestClient
let orders = 0

beforeAll(async () => {
  house = await createTestApp()
  merchant = await addConnections(house.deps.db.owner, house.merchantId, house.shopIds)
  admin = await house.signIn('admin')
  staff = await house.signIn('staff')
})
afterAll(() => house.close())

async function newPayment(): Promise<string> {
  const paymentId = uuidv7()
  const order = { paymentId, orderNumber: `G-${++orders}`, shopId: house.shopIds[0] as string }
  await registerPayment(house.deps.db.owner, merchant, order)
  return paymentId
}
function put(id: string, name: string, isArchived = false, client = admin) {
  return client.send('PUT', `/api/tags/${id}`, { name, colour: 'ochre', isArchived })
}
async function newTag(name: string): Promise<string> {
  const id = uuidv7()
  expect((await put(id, name)).status).toBe(200)
  return id
}
function mark(paymentIds: string[], add: string[], remove: string[] = [], client = staff) {
  return client.send('POST', '/api/payment-tags', { paymentIds, add, remove })
}
async function known(): Promise<TagRow[]> {
  return ((await (await staff.get('/api/tags')).json()) as { items: TagRow[] }).items
}
async function tagsOf(paymentId: string): Promise<string[]> {
  const { payment } = (await (await staff.get(`/api/payments/${paymentId}`)).json()) as { payment: PaymentRow }
  return payment.tags
}
async function found(query: string): Promise<PaymentRow[]> {
  return ((await (await staff.get(`/api/payments?${query}`)).json()) as { items: PaymentRow[] }).items
}
async function audited(subjectId: string): Promise<unknown[]> {
  return house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'before', 'after'])
    .where('subjectId', '=', subjectId)
    .where('action', 'like', '%tag%')
    .orderBy('auditId')
    .execute()
}

test('an admin makes a tag, renames it and ends its use; each is told once, however often it is asked', async () => {
  const id = await newTag('ギフト')
  await put(id, 'ギフト')
  await put(id, '贈り物')
  await put(id, '贈り物', true)
  expect((await known()).find((tag) => tag.id === id)).toEqual({
    id,
    name: '贈り物',
    colour: 'ochre',
    isArchived: true,
  })
  const told = { name: 'ギフト', colour: 'ochre', isArchived: false }
  expect(await audited(id)).toEqual([
    { action: 'tag.add', before: null, after: told },
    { action: 'tag.change', before: told, after: { ...told, name: '贈り物' } },
    { action: 'tag.change', before: { ...told, name: '贈り物' }, after: { ...told, name: '贈り物', isArchived: true } },
  ])
})

test('two tags in use never share a name; one whose use ended gives it free, and cannot take it back', async () => {
  const first = await newTag('Check')
  expect(await errorOf(await put(uuidv7(), 'check'))).toMatchObject({ code: 'tag.name_taken' })
  await put(first, 'Check', true)
  await newTag('check')
  expect(await errorOf(await put(first, 'Check'))).toMatchObject({ code: 'tag.name_taken' })
})

test('whoever writes notes puts tags on and takes them off, many payments at once, and each payment tells of it', async () => {
  const [gift, urgent] = [await newTag('のし'), await newTag('急ぎ')]
  const payments = [await newPayment(), await newPayment()]
  const [one, other] = payments as [string, string]
  expect(await (await mark(payments, [gift])).json()).toEqual({ changed: 2 })
  expect(await (await mark(payments, [gift])).json()).toEqual({ changed: 0 })
  expect(await (await mark([one], [urgent], [gift])).json()).toEqual({ changed: 1 })
  expect([await tagsOf(one), await tagsOf(other)]).toEqual([[urgent], [gift]])
  expect(await audited(one)).toEqual([
    { action: 'payment.tag', before: { tags: [] }, after: { tags: ['のし'] } },
    { action: 'payment.tag', before: { tags: ['のし'] }, after: { tags: ['急ぎ'] } },
  ])
  const reader = await house.signIn('read_only')
  expect((await mark([one], [gift], [], reader)).status).toBe(403)
  expect((await put(uuidv7(), '店員の', false, staff)).status).toBe(403)
})

test('a tag whose use ended stays where it is and can be taken off, and is put on nothing more', async () => {
  const id = await newTag('旧分類')
  const [marked, bare] = [await newPayment(), await newPayment()]
  await mark([marked], [id])
  await put(id, '旧分類', true)
  expect(await errorOf(await mark([bare], [id]))).toMatchObject({ code: 'tag.archived' })
  expect(await tagsOf(marked)).toEqual([id])
  expect(await (await mark([marked], [], [id])).json()).toEqual({ changed: 1 })
})

test('another merchant’s payments and tags are not found, and nothing of the wish is done', async () => {
  const id = await newTag('自店')
  const own = await newPayment()
  const elsewhere = await house.signInElsewhere('admin')
  expect((await mark([own], [], [], elsewhere)).status).toBe(404)
  expect((await mark([own], [uuidv7()])).status).toBe(404)
  expect((await mark([own, uuidv7()], [id])).status).toBe(404)
  expect(await tagsOf(own)).toEqual([])
})

test('the ledger’s list, its totals and its file find the same payments by their tags, on every page and in every order', async () => {
  const [rare, other] = [await newTag('検品待ち'), await newTag('再送')]
  const marked: string[] = []
  for (let n = 0; n < 5; n++) marked.push(await newPayment())
  await mark(marked, [rare])
  await mark(marked.slice(0, 1), [other])
  await newPayment()
  const ids = (rows: readonly PaymentRow[]) => rows.map((row) => row.id).toSorted()
  expect(ids(await found(`tag=${rare}`))).toEqual(marked.toSorted())
  expect(ids(await found(`tag=${other},${rare}&sort=amountYen`))).toEqual(marked.toSorted())
  expect(ids(await found(`tag=${other}`))).toEqual(marked.slice(0, 1))
  expect((await found(`tag=${other}`))[0]?.tags.toSorted()).toEqual([rare, other].toSorted())
  expect(await found(`tag=${rare}&method=card&status=expired`)).toEqual([])
  const totals = (await (await staff.get(`/api/payments/totals?tag=${rare}`)).json()) as { count: number }
  expect(totals.count).toBe(5)
  const file = await (
    await admin.get(`/api/payments/export.csv?tag=${rare}&columns=orderNumber,tags&language=ja`)
  ).text()
  const lines = file.trim().split(/\r?\n/)
  expect(lines[0]).toMatch(/注文番号,タグ$/)
  const written = Map.groupBy(lines.slice(1), (line) => line.split(',')[1])
  expect([written.get('再送、検品待ち')?.length, written.get('検品待ち')?.length, written.size]).toEqual([1, 4, 2])
})
