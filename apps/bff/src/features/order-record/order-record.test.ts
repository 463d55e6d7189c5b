/** Everything of an order in one list: what it holds, in which order, and for whom. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Output } from '@choba/shared/contract.ts'
import type { orderRecord } from '@choba/shared/contracts/order-record.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, playRandomHistory, registerPayment, type TestMerchant } from '../../testing/factory.ts'

type Answer = Output<typeof orderRecord.list>

let house: TestApp
let merchant: TestMerchant
let admin: TestClient

beforeAll(async () => {
  house = await createTestApp()
  merchant = await addConnections(house.deps.db.owner, house.merchantId, house.shopIds)
  admin = await house.signIn('admin')
  await playRandomHistory(house.deps.db.owner, merchant, { seed: 11, payments: 40 })
})
afterAll(() => house.close())

async function read(client: TestClient, paymentId: string, query = ''): Promise<Answer> {
  return (await (await client.get(`/api/payments/${paymentId}/everything?${query}`)).json()) as Answer
}
async function readAll(client: TestClient, paymentId: string): Promise<Answer['items']> {
  const items: Answer['items'] = []
  for (let cursor = ''; ;) {
    const page = await read(client, paymentId, cursor)
    items.push(...page.items)
    if (page.nextCursor === null) return items
    cursor = `cursor=${page.nextCursor}`
  }
}
function register(orderNumber: string, orderBranch = 0, shop = 0): Promise<unknown> {
  return registerPayment(house.deps.db.owner, merchant, {
    paymentId: uuidv7(),
    orderNumber,
    orderBranch,
    shopId: house.shopIds[shop] as string,
  })
}
async function paymentsOf(orderNumber: string): Promise<Array<{ paymentId: string; shopId: string }>> {
  return house.deps.db.owner
    .selectFrom('payment')
    .select(['paymentId', 'shopId'])
    .where('orderNumber', '=', orderNumber)
    .orderBy('orderBranch')
    .execute()
}

async function newOrder(orderNumber: string): Promise<string> {
  await register(orderNumber)
  return (await paymentsOf(orderNumber))[0]?.paymentId ?? ''
}

test('holds every branch of the order at its shop, and nothing of the same number at another shop', async () => {
  await register('E-1')
  await register('E-1', 1)
  await register('E-1', 0, 1)
  const rows = await paymentsOf('E-1')
  const own = rows.filter(({ shopId }) => shopId === house.shopIds[0]).map(({ paymentId }) => paymentId)
  const { orderNumber, items } = await read(admin, own[0] as string)
  expect(orderNumber).toBe('E-1')
  expect(own).toHaveLength(2)
  expect(new Set(items.map(({ paymentId }) => paymentId))).toEqual(new Set(own))
  expect((await read(admin, own[1] as string)).items).toEqual(items)
})

test('every event and every posting there is stands in it, newest first, and the counts say so', async () => {
  const { owner } = house.deps.db
  const payments = await owner.selectFrom('payment').select(['paymentId', 'shopId', 'orderNumber']).execute()
  let seen = 0
  for (const { paymentId, shopId, orderNumber } of payments) {
    const { items, counts } = await read(admin, paymentId)
    if (items.length >= 50) continue
    const ids = payments
      .filter((one) => one.shopId === shopId && one.orderNumber === orderNumber)
      .map((one) => one.paymentId)
    const [events, entries] = await Promise.all([
      owner.selectFrom('paymentEvent').select('sequence').where('paymentId', 'in', ids).execute(),
      owner.selectFrom('journalEntry').select('entryId').where('paymentId', 'in', ids).execute(),
    ])
    expect(items.filter(({ kind }) => kind === 'event')).toHaveLength(events.length)
    expect(items.filter(({ kind }) => kind === 'posting')).toHaveLength(entries.length)
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(items.length)
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    seen += entries.length
  }
  expect(seen).toBeGreaterThan(0)
})

test('a note and its entry in the audit log stand beside the events; a kind is asked for alone', async () => {
  const paymentId = await newOrder('E-2')
  await admin.send('POST', `/api/payments/${paymentId}/notes`, { id: uuidv7(), body: '確認済み', mentions: [] })
  expect((await read(admin, paymentId, 'kind=note,audit')).items).toMatchObject([
    { kind: 'note', data: { body: '確認済み' }, actor: { name: 'admin 太郎' } },
    { kind: 'audit', code: 'payment.note' },
  ])
})

test('pages join without a gap, and the file holds what the pages hold', async () => {
  const paymentId = await newOrder('E-3')
  for (let n = 0; n < 30; n++)
    await admin.send('POST', `/api/payments/${paymentId}/notes`, { id: uuidv7(), body: `その${n}`, mentions: [] })
  // Of one instant, and across the end of a page.
  const together = house.deps.db.owner.updateTable('paymentNote').set({ writtenAt: new Date(Date.now() - 60_000) })
  await together.where('paymentId', '=', paymentId).execute()
  const all = await readAll(admin, paymentId)
  expect(all.length).toBeGreaterThan(60)
  expect(new Set(all.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(all.length)
  const taken = await admin.send('POST', `/api/payments/${paymentId}/everything/take`, { kinds: null })
  expect(((await taken.json()) as Answer).items).toEqual(all)
  expect((await read(admin, paymentId, 'kind=audit')).items[0]).toMatchObject({ code: 'order_record.export' })
})

test('whoever may not read the journal or the log gets the rest, and another merchant nothing', async () => {
  const paymentId = await newOrder('E-4')
  const staff = await house.signIn('staff')
  await admin.send('POST', `/api/payments/${paymentId}/notes`, { id: uuidv7(), body: '見えない記録', mentions: [] })
  const { items, counts } = await read(staff, paymentId)
  expect(items.map(({ kind }) => kind)).toContain('note')
  expect(counts.map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['audit']))
  expect((await read(staff, paymentId, 'kind=audit,posting')).items).toEqual([])
  expect((await staff.send('POST', `/api/payments/${paymentId}/everything/take`, { kinds: null })).status).toBe(403)
  const elsewhere = await house.signInElsewhere('admin')
  expect((await elsewhere.get(`/api/payments/${paymentId}/everything`)).status).toBe(404)
})
