import { afterAll, beforeAll, expect, test } from 'vitest'
import { bringFile, getRun } from '../../testing/import-file.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const HEADER = '注文番号,注文日,請求額,購入者名,郵便番号,住所,電話番号,メールアドレス,商品名,単価,数量,税率'
const PERSON = '山田 花子,1000001,東京都千代田区千代田1-1,03-1234-5678,ok@example.jp'

test('a shop’s own words for how an order is paid say which rows are orders of NP postpaid, and which are none', async () => {
  const header = `${HEADER},お支払い`
  const { id, mapping } = await bringFile(shop, 'orders', [
    header,
    `OWN-1,R8.11.20,1100,${PERSON},茶,1100,1,8,あと払い`,
    `OWN-2,2026/11/20 14:05,2200,${PERSON},茶,2200,1,8,代引`,
  ])
  const words = { invoice: { あと払い: 'separate', 代引: 'skip' } }
  await shop.client.send('PUT', `/api/imports/${id}/mapping`, {
    mapping: { ...mapping, invoice: 12 },
    reading: { words },
  })
  await shop.work()
  expect((await getRun(shop, id)).counts).toEqual({ ready: 1, left_out: 1 })
  const told = await (await shop.client.get(`/api/imports/${id}/words`)).json()
  expect(told).toEqual({
    fields: [
      {
        field: 'invoice',
        words: [
          { word: 'あと払い', rows: 1, value: 'separate' },
          { word: '代引', rows: 1, value: 'skip' },
        ],
        more: false,
      },
    ],
  })
  const wrong = { mapping, reading: { words: { invoice: { 代引: 'card' } } } }
  expect((await shop.client.send('PUT', `/api/imports/${id}/mapping`, wrong)).status).toBe(400)
})
