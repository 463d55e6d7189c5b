import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportRow } from '@choba/shared/contracts/imports.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { bringFile } from '../../testing/import-file.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

async function outcomes(id: string): Promise<string[]> {
  const { items } = (await (await shop.client.get(`/api/imports/${id}/rows`)).json()) as { items: ImportRow[] }
  return items.map((row) => [row.state, ...row.faults.map((fault) => fault.code)].join(' '))
}

async function run(id: string): Promise<void> {
  await shop.client.send('POST', `/api/imports/${id}/run`, {})
  await shop.work()
}

const HEADER = 'トラッキングID,注文番号,注文日,決済方法,状態,請求額'

test('a provider’s list says what the books know, where they differ, and brings in what they do not know', async () => {
  const past = await bringFile(shop, 'history', [
    HEADER,
    'T-1,P-1,2026/9/1,カード,売上,1100',
    'T-2,P-2,2026/9/2,カード,売上,2200',
    'T-3,P-3,2026/9/3,カード,キャンセル,3300',
  ])
  await run(past.id)

  const list = await bringFile(shop, 'provider_list', [
    HEADER,
    'T-1,P-1,2026/9/1,カード,売上,1100',
    'T-2,P-2,2026/9/2,カード,売上,2000',
    'T-3,P-9,2026/9/3,カード,売上,3300',
    'T-4,P-4,2026/9/4,カード,売上,4400',
    'T-5,P-1x,2026/9/5,つけ払い,売上,500',
  ])
  expect(await outcomes(list.id)).toEqual([
    'left_out known_same',
    'faulty differs_amount',
    'faulty differs_order differs_state',
    'ready',
    'faulty unknown_word',
  ])
  await run(list.id)
  const { rows } = await shop.deps.db.pool.query(
    `select order_number, provider_id, amount_yen::int as yen from payment where merchant_id = $1 order by order_number`,
    [shop.merchantId],
  )
  expect(rows).toEqual([
    { order_number: 'P-1', provider_id: 'T-1', yen: 1100 },
    { order_number: 'P-2', provider_id: 'T-2', yen: 2200 },
    { order_number: 'P-3', provider_id: 'T-3', yen: 3300 },
    { order_number: 'P-4', provider_id: 'T-4', yen: 4400 },
  ])
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
})

test('a list without the provider’s ids waits for its column', async () => {
  const list = await bringFile(shop, 'provider_list', [
    '注文番号,注文日,決済方法,状態,請求額',
    'Q-1,2026/9/1,カード,売上,100',
  ])
  expect(list.state).toBe('mapping')
})
