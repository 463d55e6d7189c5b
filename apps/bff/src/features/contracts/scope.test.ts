/** What a contract is for: orders beyond it are refused by their field, on the day they were ordered. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorOf } from '../../testing/app.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

function say(value: object, validFrom = '2026-11-20') {
  const change = { shopId: shop.shopIds[0], method: 'card', kind: 'scope', validFrom, value }
  return shop.client.send('POST', '/api/contracts', change)
}
function order(orderNumber: string, over: object) {
  return {
    shopId: shop.shopIds[0],
    orderNumber,
    orderedAt: '2026-11-20T12:00:00+09:00',
    method: 'card',
    site: 'pc',
    amountYen: 1100,
    card: { token: 't', tokenKey: 'k' },
    customer: { name: '山田 花子', zip: '1000001', address: '東京都千代田区1', phone: '0312345678' },
    goods: [{ name: '茶', unitPriceYen: 1100, quantity: 1, taxRateBp: 1000 }],
    ...over,
  }
}
async function take(...orders: object[]) {
  const answer = await shop.client.send('POST', '/api/orders', { orders })
  const { results } = (await answer.json()) as { results: Array<{ error: { code: string; field: string } | null }> }
  return results.map(({ error }) => error && [error.code, error.field])
}

test('where nothing is said, a contract is for every order', async () => {
  expect(await take(order('S-1', { site: 'fax', billingMethod: 'recurring_metered' }))).toEqual([null])
})

test('from its day on, an order beyond it is refused by its field, and the others of the call are taken', async () => {
  expect((await say({ billingMethods: ['pay_as_you_go'], sites: ['pc', 'smartphone'] })).status).toBe(200)
  expect(
    await take(
      order('S-2', { site: 'fax' }),
      order('S-3', { billingMethod: 'recurring_metered' }),
      order('S-4', { site: 'smartphone' }),
      order('S-5', { site: 'fax', orderedAt: '2026-11-19T12:00:00+09:00' }),
    ),
  ).toEqual([['order.site_not_contracted', 'site'], ['order.billing_not_contracted', 'billingMethod'], null, null])
})

test('a contract that is for nothing is refused by the field that is empty', async () => {
  const refused = await errorOf(await say({ billingMethods: [], sites: ['pc'] }, '2026-11-25'))
  expect([refused.code, JSON.stringify(refused.details)]).toEqual([
    'request.invalid',
    expect.stringContaining('value.billingMethods'),
  ])
})
