import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportRow, ImportRun } from '@choba/shared/contracts/imports.ts'
import { cp932Encoder } from '../../exports/cp932-encoder.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
  await shop.deps.db.owner
    .updateTable('connection')
    .set({ methods: ['card', 'np_postpaid', 'convenience_store'] })
    .where('connectionId', '=', shop.connectionId)
    .execute()
})
afterAll(() => shop.close())

const HEADER = '受注番号,受注日,お支払方法,対応状況,合計,発送日,入金日,手数料,手数料消費税,氏名,電話番号,返金日,返金額'
const OWN_WORDS = {
  method: { クレカ払い: 'card', 代引: 'skip' },
  state: { 発送おわり: 'sold', ぜんぶ完了: 'paid_out' },
}
const ROWS = [
  'H-1,R8.9.1,クレカ払い,発送おわり,"¥3,300",R8.9.3,,,,山田 花子,0312345678,,',
  'H-2,2026/9/2 14:05,NP後払い,ぜんぶ完了,"5,500円",2026年9月4日,2026/10/20,275,25,佐藤 次郎,9012345678,,',
  'H-3,令和8年9月3日,コンビニ決済,キャンセル,1100,,,,,鈴木 三郎,0312345679,,',
  'H-4,2026-09-04,代引,発送おわり,2200,2026-09-05,,,,田中 四郎,0312345670,,',
  'H-5,2026/9/5,クレカ払い,返品済,3000,2026/9/6,,,,高橋 五郎,0312345671,2026/9/20,1000',
]

async function send(text: string): Promise<{ run: ImportRun; repeated: boolean }> {
  const encoder = cp932Encoder()
  const body = Buffer.concat([encoder.write(Buffer.from(text)), encoder.end()])
  const response = await shop.app.request(`/api/imports/files?kind=history&shop=${shop.shopIds[0]}&name=past.csv`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { Cookie: shop.client.cookie, 'Content-Type': 'text/csv', 'Sec-Fetch-Site': 'same-origin' },
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as { run: ImportRun; repeated: boolean }
}

async function upload(rows: readonly string[], words: object = OWN_WORDS): Promise<ImportRun> {
  const { run } = await send([HEADER, ...rows].join('\n'))
  await shop.work()
  await shop.client.send('PUT', `/api/imports/${run.id}/mapping`, { mapping: run.mapping, reading: { words } })
  await shop.work()
  return get(run.id)
}

async function get(id: string): Promise<ImportRun> {
  return (await (await shop.client.get(`/api/imports/${id}`)).json()) as ImportRun
}

async function rowsOf(id: string): Promise<ImportRow[]> {
  return ((await (await shop.client.get(`/api/imports/${id}/rows`)).json()) as { items: ImportRow[] }).items
}

async function act(id: string, verb: 'run' | 'undo' | 'cancel'): Promise<Response> {
  const response = await shop.client.send('POST', `/api/imports/${id}/${verb}`, {})
  await shop.work()
  return response
}

async function ledger(query = ''): Promise<Array<{ orderNumber: string; status: string; connectionMethod: string }>> {
  const { items } = (await (await shop.client.get(`/api/payments?limit=200${query}`)).json()) as {
    items: Array<{ orderNumber: string; status: string; connectionMethod: string }>
  }
  return items.filter((item) => item.orderNumber.startsWith('H-'))
}

async function balances(): Promise<Record<string, number>> {
  const { rows } = await shop.deps.db.pool.query<{ account: string; yen: number }>(
    `select account, sum(amount_yen)::bigint as yen from posting where merchant_id = $1 group by account having sum(amount_yen) <> 0`,
    [shop.merchantId],
  )
  return Object.fromEntries(rows.map((row) => [row.account, row.yen]))
}

test('a shop’s own list with its own words is counted before, booked without a provider, and taken back whole', async () => {
  const run = await upload(ROWS)
  expect(run).toMatchObject({ encoding: 'cp932', state: 'preview', counts: { ready: 4, left_out: 1 } })
  const { lines } = (await (await shop.client.get(`/api/imports/${run.id}/totals`)).json()) as { lines: object[] }
  expect(lines).toEqual([
    { method: 'card', state: 'refunded', rowState: 'ready', count: 1, amountYen: 3000 },
    { method: 'card', state: 'sold', rowState: 'ready', count: 1, amountYen: 3300 },
    { method: 'convenience_store', state: 'cancelled', rowState: 'ready', count: 1, amountYen: 1100 },
    { method: 'np_postpaid', state: 'paid_out', rowState: 'ready', count: 1, amountYen: 5500 },
  ])
  expect(await ledger()).toEqual([])

  await act(run.id, 'run')
  expect(await get(run.id)).toMatchObject({ state: 'done', counts: { done: 4, left_out: 1 } })
  expect(shop.provider.asked).toEqual([])
  const result = (await (await shop.client.get(`/api/imports/${run.id}/result.csv`)).text()).split(/\r?\n/)
  expect(result[1]?.endsWith(',2,完了,')).toBe(true)
  expect(result[4]?.endsWith(',5,除外,')).toBe(true)
  expect(await ledger()).toMatchObject([
    { orderNumber: 'H-5', status: 'captured', capturedYen: 3000, refundedYen: 1000 },
    { orderNumber: 'H-3', status: 'cancelled', connectionMethod: 'imported', amountYen: 1100 },
    { orderNumber: 'H-2', status: 'paid_out', capturedOn: '2026-09-04', paidOutOn: '2026-10-20', phone: '09012345678' },
    { orderNumber: 'H-1', status: 'captured', capturedYen: 3300, capturedOn: '2026-09-03' },
  ])
  expect(await balances()).toEqual({
    bank: 5500 - 275,
    fees: 250,
    input_tax: 25,
    output_tax: -800 - 181,
    receivable: 3300 + 2000,
    sales: -8000 - 1819,
  })
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])

  await act(run.id, 'undo')
  expect(await get(run.id)).toMatchObject({ state: 'undone', counts: { undone: 4 } })
  expect(await ledger()).toEqual([])
  expect(await ledger('&status=undone')).toHaveLength(4)
  expect(await balances()).toEqual({})
  const months = await shop.deps.db.pool.query(
    `select 1 from posting p join journal_entry j using (merchant_id, entry_id) where p.merchant_id = $1 group by p.account, date_trunc('month', j.booked_on) having sum(p.amount_yen) <> 0`,
    [shop.merchantId],
  )
  expect(months.rows).toEqual([])
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])

  const again = await upload(ROWS)
  expect(again.id).not.toBe(run.id)
  expect(again.reading.words).toEqual(OWN_WORDS)
  await act(again.id, 'run')
  expect(await ledger()).toHaveLength(4)
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
  expect((await send([HEADER, ...ROWS].join('\n'))).repeated).toBe(true)
})

test('a word that nobody explained, a day that never was and a rounded number are named with their field', async () => {
  const run = await upload([
    'X-1,2026/2/31,クレカ払い,発送おわり,1100,,,,,a,0312345678,,',
    '1.23E+11,2026/9/1,つけ払い,なぞ,1E+05,,,,,b,0312345678,,',
    'X-3,2026/9/1,クレカ払い,ぜんぶ完了,-100,2026/8/1,,,,c,0312345678,,',
    'X-4,2099/9/1,クレカ払い,発送おわり,0,,,,,d,0312345678,,',
  ])
  expect(run.counts).toEqual({ faulty: 4 })
  const faults = (await rowsOf(run.id)).map((row) => row.faults.map(({ field, code }) => `${field} ${code}`))
  expect(faults).toEqual([
    ['orderedAt not_a_day'],
    ['orderNumber number_rounded', 'method unknown_word', 'state unknown_word', 'amountYen number_rounded'],
    ['amountYen below_nothing', 'capturedOn before_order', 'paidOutOn payout_assumed'],
    ['amountYen nothing_sold', 'orderedAt in_future'],
  ])
})

test('lines under one order number are one sale with the taxes of its goods', async () => {
  const header = '受注番号,受注日,お支払方法,対応状況,商品名,単価,数量,税率'
  const { run } = await send(
    [
      header,
      'L-1,2026/9/1,カード,発送済み,煎茶,1080,2,8',
      'L-1,,,,急須,990,1,10',
      'L-2,2026/9/1,カード,発送済み,湯呑,1100,1,10',
    ].join('\n'),
  )
  await shop.work()
  await act(run.id, 'run')
  const { rows } = await shop.deps.db.pool.query(
    `select order_number, amount_yen::int as yen, jsonb_array_length(state #> '{books,taxes}') as rates from payment where order_number like 'L-%' order by 1`,
  )
  expect(rows).toEqual([
    { order_number: 'L-1', yen: 3150, rates: 2 },
    { order_number: 'L-2', yen: 1100, rates: 1 },
  ])
})

test('an import that something has happened to since is not undone, and says so', async () => {
  const run = await upload(['U-1,2026/9/1,クレカ払い,発送おわり,1100,,,,,e,0312345678,,'])
  await act(run.id, 'run')
  await shop.deps.db.owner.updateTable('payment').set({ inFlight: 'refund' }).where('orderNumber', '=', 'U-1').execute()
  const refused = await act(run.id, 'undo')
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ error: { code: 'import.depended_on', details: { count: 1 } } })
  expect(await get(run.id)).toMatchObject({ state: 'done' })
})

test('a payout whose day the list does not say is the end of the month after the sale, once a person confirms it', async () => {
  const run = await upload(['A-1,2026/9/1,クレカ払い,ぜんぶ完了,1100,2026/9/3,,,,f,0312345678,,'])
  expect(run.counts).toEqual({ faulty: 1 })
  await shop.client.send('POST', `/api/imports/${run.id}/confirm`, {})
  await shop.work()
  await act(run.id, 'run')
  const { rows } = await shop.deps.db.pool.query(`select paid_out_on, status from payment where order_number = 'A-1'`)
  expect(rows).toEqual([{ paid_out_on: '2026-10-31', status: 'paid_out' }])
})
