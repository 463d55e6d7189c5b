import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Doublet } from '@choba/shared/contracts/order-entry.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let client: TestClient
let merchant: TestMerchant
let shopId: string

beforeAll(async () => {
  bff = await createTestApp()
  client = await bff.signIn('staff')
  shopId = bff.shopIds[0]
  // The other shop has no connection: nothing may be registered there.
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, [shopId])
})
afterAll(() => bff.close())

async function reserve(): Promise<string> {
  const response = await client.send('POST', '/api/order-entry/numbers', { shopId })
  expect(response.status).toBe(200)
  return ((await response.json()) as { orderNumber: string }).orderNumber
}

describe('order numbers', () => {
  test('are given out once, in order, however many clerks ask at the same time', async () => {
    const numbers = await Promise.all(Array.from({ length: 12 }, reserve))
    expect(numbers.toSorted()).toEqual(Array.from({ length: 12 }, (_, n) => `TEL-${String(n + 1).padStart(5, '0')}`))
  })

  test('follow the shop’s own prefix and pass over numbers that orders have', async () => {
    const numbering = { prefix: 'FAX_', nextNumber: 7, digits: 3 }
    expect((await client.send('PUT', `/api/order-entry/numbering/${shopId}`, numbering)).status).toBe(200)
    for (const orderNumber of ['FAX_007', 'FAX_008'])
      await registerPayment(bff.deps.db.owner, merchant, { orderNumber, shopId })
    expect(await reserve()).toBe('FAX_009')
    const shops = (await (await client.get('/api/order-entry')).json()) as { shops: unknown[] }
    expect(shops.shops).toEqual([
      {
        shopId,
        methods: ['np_postpaid', 'convenience_store'],
        today: expect.any(String),
        numbering: { ...numbering, nextNumber: 10 },
      },
    ])
    const audited = await bff.deps.db.owner
      .selectFrom('auditLog')
      .select(['action', 'subjectId'])
      .where('action', '=', 'order_numbering.change')
      .execute()
    expect(audited).toEqual([{ action: 'order_numbering.change', subjectId: shopId }])
  })

  test('are refused for a shop without NP postpaid, and with a prefix no order number may have', async () => {
    const other = await client.send('POST', '/api/order-entry/numbers', { shopId: bff.shopIds[1] })
    expect([other.status, (await errorOf(other)).code]).toEqual([404, 'resource.not_found'])
    const odd = await client.send('PUT', `/api/order-entry/numbering/${shopId}`, {
      prefix: '電話',
      nextNumber: 1,
      digits: 5,
    })
    expect((await errorOf(odd)).details).toMatchObject({ issues: [{ path: 'prefix' }] })
  })
})

describe('postal codes', () => {
  test('answer with their places, or none, and refuse what is no code', async () => {
    expect(await (await client.get('/api/postal-codes/104-0061')).json()).toEqual({
      zip: '104-0061',
      places: [{ prefecture: '東京都', city: '中央区', town: '銀座' }],
    })
    expect(await (await client.get('/api/postal-codes/9999999')).json()).toEqual({ zip: '9999999', places: [] })
    expect((await client.get('/api/postal-codes/104')).status).toBe(400)
  })
})

describe('an order entered twice', () => {
  const order = { name: '二重 花子', phone: '075-555-0009', amountYen: 7_777, method: 'np_postpaid' } as const

  async function doubles(change: Record<string, string> = {}): Promise<string[]> {
    const query = new URLSearchParams({
      shopId,
      orderNumber: 'NEW-1',
      phone: order.phone,
      name: order.name,
      amountYen: String(order.amountYen),
      orderedAt: '2026-10-20T00:00:00+09:00',
      ...change,
    })
    const response = await client.get(`/api/orders/check-double?${query.toString()}`)
    expect(response.status).toBe(200)
    const { doubles: found } = (await response.json()) as { doubles: Doublet[] }
    return found.map(({ orderNumber, why }) => `${orderNumber} ${why}`)
  }

  test('is noticed by its number, or by customer and amount within 31 days either way', async () => {
    const at = (day: string) => ({ orderedAt: `2026-${day}T03:00:00.000Z` })
    const register = (orderNumber: string, change: object) =>
      registerPayment(bff.deps.db.owner, merchant, { ...order, shopId, orderNumber, ...change })
    await register('D-same', at('10-01'))
    await register('D-old', at('09-10'))
    await register('D-phone', { ...at('10-21'), name: '別名' })
    await register('D-name', { ...at('10-22'), phone: '03-5555-0000' })
    await register('D-amount', { ...at('10-19'), amountYen: 7_778 })
    await register('D-nobody', { ...at('10-19'), name: '他人', phone: '03-5555-1111' })
    const customer = 'same_customer_and_amount'
    expect(await doubles()).toEqual([`D-name ${customer}`, `D-phone ${customer}`, `D-same ${customer}`])
    expect(await doubles({ orderNumber: 'D-old', name: '', phone: '' })).toEqual(['D-old same_number'])
    expect(await doubles({ phone: '0755550009', name: '二重　花子', amountYen: '7778' })).toEqual([
      `D-amount ${customer}`,
    ])
    expect(await doubles({ amountYen: '1' })).toEqual([])
  })

  test('is never looked for among another merchant’s orders', async () => {
    const elsewhere = await bff.signInElsewhere('staff')
    const query = `shopId=${shopId}&orderNumber=D-same&phone=0755550009&name=a&amountYen=7777&orderedAt=2026-10-20T00:00:00Z`
    expect(await (await elsewhere.get(`/api/orders/check-double?${query}`)).json()).toEqual({ doubles: [] })
  })
})
