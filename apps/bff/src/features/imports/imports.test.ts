import { addDays, businessDate } from '@choba/shared/dates.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ImportRow, ImportRun } from '@choba/shared/contracts/imports.ts'
import { cp932Encoder } from '../../exports/cp932-encoder.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import type { OperationItem, Outcome } from '../../providers/port.ts'
import { AT } from '../../testing/scripted-provider.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
  const methods = ['card', 'np_postpaid']
  await shop.deps.db.owner
    .updateTable('connection')
    .set({ methods })
    .where('connectionId', '=', shop.connectionId)
    .execute()
})
beforeEach(() => {
  shop.provider.execution = npAnswer
  shop.provider.asked.length = 0
})
afterAll(() => shop.close())

const HEADER = '注文番号,注文日,請求額,購入者名,郵便番号,住所,電話番号,メールアドレス,商品名,単価,数量,税率'
const PERSON = '山田 花子,1000001,東京都千代田区千代田1-1,03-1234-5678,ok@example.jp'
let serial = 0

function npAnswer(item: OperationItem): Outcome {
  const providerId = `26${String((serial += 1)).padStart(9, '0')}`
  if (item.kind === 'register') {
    const held = item.payment.orderNumber.startsWith('HOLD')
    const result = held ? 'on_hold' : 'approved'
    return done({ kind: 'screening', providerId, result, reasons: held ? ['RE009'] : [] })
  }
  if (item.request['slipNumber'] === '999999999999')
    return { kind: 'refused', codes: ['E0100109'], news: [], messages: [] }
  const { carrierCode, slipNumber } = item.request as { carrierCode: string; slipNumber: string }
  return done({ kind: 'shipment_accepted', carrierCode, slipNumber })
}

function done(news: Extract<Outcome, { kind: 'done' }>['news'][number]['news']): Outcome {
  return { kind: 'done', news: [{ at: AT, news }], messages: [] }
}

async function send(kind: string, text: string | Uint8Array, name = 'file.csv'): Promise<Response> {
  const body = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return shop.app.request(`/api/imports/files?kind=${kind}&shop=${shop.shopIds[0]}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: body as Uint8Array<ArrayBuffer>,
    headers: { Cookie: shop.client.cookie, 'Content-Type': 'text/csv', 'Sec-Fetch-Site': 'same-origin' },
  })
}

async function upload(kind: string, text: string | Uint8Array): Promise<ImportRun> {
  const response = await send(kind, text)
  const { run } = (await response.json()) as { run: ImportRun }
  await shop.work()
  return get(run.id)
}

async function get(id: string): Promise<ImportRun> {
  return (await (await shop.client.get(`/api/imports/${id}`)).json()) as ImportRun
}

async function rows(id: string, state?: string): Promise<ImportRow[]> {
  const response = await shop.client.get(`/api/imports/${id}/rows${state === undefined ? '' : `?state=${state}`}`)
  return ((await response.json()) as { items: ImportRow[] }).items
}

async function codes(id: string): Promise<string[][]> {
  return (await rows(id)).map((row) => row.faults.map((fault) => fault.code))
}

async function edit(id: string, row: number, body: object): Promise<{ row: ImportRow; run: ImportRun }> {
  const response = await shop.client.send('PATCH', `/api/imports/${id}/rows/${row}`, body)
  return (await response.json()) as { row: ImportRow; run: ImportRun }
}

async function press(id: string, action: 'run' | 'cancel' | 'retry' | 'confirm'): Promise<Response> {
  return shop.client.send('POST', `/api/imports/${id}/${action}`, {})
}

async function run(id: string): Promise<ImportRun> {
  await press(id, 'run')
  await shop.work()
  return get(id)
}

async function payment(orderNumber: string) {
  return shop.deps.db.owner
    .selectFrom('payment')
    .select(['paymentId', 'status', 'slipNumber', 'amountYen'])
    .where('orderNumber', '=', orderNumber)
    .executeTakeFirst()
}

/** LF, as the encoder makes CRLF of it. */
function cp932(text: string): Uint8Array {
  return cp932Encoder().write(Buffer.from(text.replaceAll('\r\n', '\n')))
}

function order(number: string, amount = 1100): string {
  return `${number},2026-11-20,${amount},${PERSON},煎茶,${amount},1,10`
}

function orderFile(...numbers: string[]): string {
  return [HEADER, ...numbers.map((number) => order(number)), ''].join('\r\n')
}

test('orders of a CP932 file are registered, and the result file says how each ended', async () => {
  const first = await upload('orders', cp932(orderFile('IM-1', 'HOLD-1')))
  expect(first).toMatchObject({ state: 'preview', encoding: 'cp932', counts: { ready: 2 }, total: 2 })
  expect(await payment('IM-1')).toBeUndefined()
  expect(await run(first.id)).toMatchObject({ state: 'done', counts: { done: 2 } })
  expect(await payment('IM-1')).toMatchObject({ status: 'authorized', amountYen: 1100 })
  expect(await payment('HOLD-1')).toMatchObject({ status: 'on_hold' })
  const result = await shop.client.get(`/api/imports/${first.id}/result.csv?encoding=utf8`)
  const lines = (await result.text()).split('\r\n')
  expect(lines[1]).toBe(`${order('IM-1')},2,完了 与信OK,`)
  expect(lines[2]).toBe(`${order('HOLD-1')},3,完了 審査保留,購入者の住所が不完全です`)
})

test('the same file twice is told and changes nothing, until it was called off', async () => {
  const text = orderFile('IM-twice')
  const first = await upload('orders', text)
  const again = (await (await send('orders', text)).json()) as { run: ImportRun; repeated: boolean }
  expect(again).toMatchObject({ repeated: true, run: { id: first.id } })
  await press(first.id, 'cancel')
  const third = (await (await send('orders', text)).json()) as { run: ImportRun; repeated: boolean }
  expect(third.repeated).toBe(false)
  expect(third.run.id).not.toBe(first.id)
  await shop.work()
})

test('rows with the same order number are the goods of one order', async () => {
  const more = 'IM-goods,,,,,,,,急須,2000,1,10'
  const odd = 'IM-goods,,9999,,,,,,茶筒,10,1,10'
  const text = [HEADER, 'IM-goods,2026/11/20,3080,' + PERSON + ',煎茶,540,2,8%', more, odd, ''].join('\n')
  const file = await upload('orders', text)
  expect(file.counts).toEqual({ faulty: 3 })
  expect((await rows(file.id))[2]?.faults).toEqual([
    { field: 'amountYen', code: 'differs_from_head', level: 'error', params: {} },
  ])
  await edit(file.id, 3, { values: { amountYen: '' } })
  expect((await get(file.id)).counts).toEqual({ ready: 3 })
  expect((await run(file.id)).counts).toEqual({ done: 3 })
  const booked = await payment('IM-goods')
  const { goods } = await shop.deps.db.owner
    .selectFrom('orderDetail')
    .select('goods')
    .where('paymentId', '=', booked?.paymentId ?? '')
    .executeTakeFirstOrThrow()
  expect(goods).toMatchObject([
    { name: '煎茶', unitPriceYen: 540, quantity: 2, taxRateBp: 800 },
    { name: '急須', unitPriceYen: 2000, taxRateBp: 1000 },
    { name: '茶筒', unitPriceYen: 10 },
  ])
})

test('a faulty row keeps what the file said, is corrected in place, and only it was held back', async () => {
  const bad = 'IM-bad,11月20日,1100円だけ,' + PERSON + ',煎茶,1100,1,10'
  const file = await upload('orders', [HEADER, order('IM-good'), bad, order('IM-1'), 'x,y', ''].join('\n'))
  expect(await codes(file.id)).toEqual([
    [],
    ['not_whole_yen', 'not_a_day'],
    ['order_known'],
    expect.arrayContaining(['ragged']),
  ])
  expect((await run(file.id)).counts).toEqual({ done: 1, faulty: 3 })
  const { row } = await edit(file.id, 2, { values: { orderedAt: '2026-11-20', amountYen: '１，１００円' } })
  expect(row).toMatchObject({ state: 'ready', faults: [], edited: ['amountYen', 'orderedAt'] })
  expect(row.cells[2]).toBe('1100円だけ')
  await edit(file.id, 4, { leftOut: true })
  expect((await run(file.id)).counts).toEqual({ done: 2, faulty: 1, left_out: 1 })
  expect(await payment('IM-bad')).toMatchObject({ amountYen: 1100 })
})

test('columns of any file are chosen by hand once, and remembered for the next file of the shop', async () => {
  const header = 'No;Datum;Summe;Wer;PLZ;Wo;Tel;Post;Was;Preis'
  const cells = 'IM-map;2026-11-20;1100;山田;1000001;東京都千代田区1;0312345678;a@example.jp;茶;1100'
  const file = await upload('orders', `${header}\n${cells}\n`)
  expect(file).toMatchObject({ state: 'mapping', delimiter: ';', counts: { unchecked: 1 } })
  const names = ['orderNumber', 'orderedAt', 'amountYen', 'customerName', 'customerZip', 'customerAddress']
  const all = [...names, 'customerPhone', 'customerEmail', 'goodsName1', 'goodsPriceYen1']
  const mapping = Object.fromEntries(all.map((name, index) => [name, index]))
  const answer = await shop.client.send('PUT', `/api/imports/${file.id}/mapping`, { mapping })
  expect(answer.status).toBe(200)
  await shop.work()
  expect(await get(file.id)).toMatchObject({ state: 'preview', counts: { ready: 1 } })
  const next = await upload('orders', `${header}\n${cells.replace('IM-map', 'IM-map2')}\n`)
  expect(next).toMatchObject({ state: 'preview', mapping })
  const wrong = await shop.client.send('PUT', `/api/imports/${next.id}/mapping`, { mapping: { orderNumber: 77 } })
  expect(wrong.status).toBe(400)
})

test('a file that cannot be read is refused with its line, and leaves nothing', async () => {
  const before = await shop.deps.db.owner.selectFrom('importRun').select('runId').execute()
  const reasons = []
  for (const text of ['', HEADER, `${HEADER}\n"open`, Uint8Array.from([0xff, 0xff, 0xff])]) {
    const response = await send('orders', text)
    const { error } = (await response.json()) as { error: { code: string; details: { reason: string } } }
    reasons.push([response.status, error.code, error.details.reason])
  }
  expect(reasons).toEqual([
    [400, 'import.unreadable', 'empty'],
    [400, 'import.unreadable', 'no_rows'],
    [400, 'import.unreadable', 'open_quote'],
    [400, 'import.unreadable', 'not_text'],
  ])
  expect(await shop.deps.db.owner.selectFrom('importRun').select('runId').execute()).toEqual(before)
})

test('slips of a carrier’s file are classed before anything is sent, reported in bulk, and only failures are tried again', async () => {
  await run((await upload('orders', orderFile('SL-1', 'SL-2', 'SL-3', 'SL-4', 'SL-5', 'SL-6', 'HOLD-2'))).id)
  const b2 = 'お客様管理番号,送り状種類,クール区分,伝票番号,出荷予定日'
  const text = [
    b2,
    'SL-1,0,0,400000000011,2026/11/21',
    'SL-2,0,0,4000-0000-0022,2026/11/21',
    'HOLD-2,0,0,400000000033,2026/11/21',
    'NONE-9,0,0,400000000044,2026/11/21',
    'SL-3,0,0,12345,2026/11/21',
    'SL-4,0,0,400000000011,2026/11/21',
    'SL-1,0,0,400000000066,2026/11/21',
    'SL-5,0,0,4.0E+11,2026/11/21',
    'SL-6,0,0,999999999999,2026/11/21',
    '',
  ].join('\r\n')
  const file = await upload('slips', cp932(text))
  expect(file).toMatchObject({ layout: 'yamato_b2', carrierCode: '59010', state: 'preview' })
  expect(await codes(file.id)).toEqual([
    ['slip_twice'],
    [],
    ['not_approved'],
    ['order_unknown'],
    ['slip_unlike_carrier'],
    ['slip_twice'],
    ['order_twice'],
    ['slip_rounded'],
    [],
  ])
  expect((await rows(file.id))[6]?.faults[0]?.params).toEqual({ line: 2 })
  await edit(file.id, 1, { confirmed: true })
  await edit(file.id, 6, { values: { slipNumber: '400000000077' } })
  expect((await rows(file.id)).map((row) => row.state).slice(0, 2)).toEqual(['ready', 'ready'])

  const ended = await run(file.id)
  expect(ended).toMatchObject({ state: 'done', counts: { done: 3, failed: 1, faulty: 5 } })
  expect(await payment('SL-1')).toMatchObject({ status: 'captured', slipNumber: '400000000011' })
  expect(await payment('SL-3')).toMatchObject({ status: 'authorized' })
  expect(await rows(file.id, 'failed')).toMatchObject([{ row: 9, reasons: ['E0100109'] }])

  shop.provider.asked.length = 0
  shop.provider.execution = (item) =>
    done({ kind: 'shipment_accepted', carrierCode: '59010', slipNumber: String(item.request['slipNumber']) })
  await press(file.id, 'retry')
  await shop.work()
  expect((await get(file.id)).counts).toEqual({ done: 4, faulty: 5 })
  expect(shop.provider.asked.filter((asked) => asked.kind === 'report_shipment')).toHaveLength(1)

  const later = await upload('slips', `${b2}\nSL-2,0,0,400000000022,2026/11/21\nSL-3,0,0,400000000011,2026/11/21\n`)
  expect(await codes(later.id)).toEqual([['already_shipped'], ['slip_used']])
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
})

test('a carrier outside the contract is named, and a delivery method is read by the shop’s own table', async () => {
  await run((await upload('orders', orderFile('CA-1', 'CA-2', 'CA-3'))).id)
  const head = '注文番号,配送方法,伝票番号'
  const body = 'CA-1,いつもの便,400000000101\nCA-2,ご契約運送会社,X-1\nCA-3,謎の便,400000000103\n'
  const before = await upload('slips', `${head}\n${body}`)
  expect(await codes(before.id)).toEqual([['carrier_unknown'], ['carrier_needs_option'], ['carrier_unknown']])
  await press(before.id, 'cancel')
  const settings = {
    mapping: [{ deliveryMethod: 'いつもの便', carrierCode: '50000' }],
    allowed: { '55555': true, '59010': true },
  }
  expect((await shop.client.send('PUT', `/api/carriers/${shop.shopIds[0]}`, settings)).status).toBe(200)
  const after = await upload('slips', `${head}\n${body}`)
  expect(await codes(after.id)).toEqual([[], [], ['carrier_unknown']])
  await press(after.id, 'confirm')
  await shop.work()
  expect((await run(after.id)).counts).toEqual({ done: 2, faulty: 1 })
  const shipped = await payment('CA-2')
  const { carrierCode } = await shop.deps.db.owner
    .selectFrom('npPostpaid')
    .select('carrierCode')
    .where('paymentId', '=', shipped?.paymentId ?? '')
    .executeTakeFirstOrThrow()
  expect(carrierCode).toBe('55555')
})

test('a run whose process died after the orders were taken goes on and registers none twice', async () => {
  const numbers = Array.from({ length: 30 }, (_, n) => `KILL-${n}`)
  const file = await upload('orders', orderFile(...numbers))
  await press(file.id, 'run')
  await shop.work()
  // As it stands when the process dies between the two commits: taken, not written down.
  await shop.deps.db.owner
    .updateTable('importRow')
    .set({ state: 'ready', paymentId: null, operationKey: null })
    .where('runId', '=', file.id)
    .execute()
  await shop.deps.db.owner.updateTable('importRun').set({ state: 'preview' }).where('runId', '=', file.id).execute()
  shop.provider.asked.length = 0
  expect(await run(file.id)).toMatchObject({ state: 'done', counts: { done: 30 } })
  expect(shop.provider.asked).toEqual([])
})

test('a slip run whose process died after the reports were asked for takes them for its own', async () => {
  await run((await upload('orders', orderFile('KS-1', 'KS-2'))).id)
  const file = await upload('slips', '注文番号,運送会社,伝票番号\nKS-1,59010,400000000201\nKS-2,59010,400000000202\n')
  await run(file.id)
  await shop.deps.db.owner
    .updateTable('importRow')
    .set({ state: 'ready', operationKey: null })
    .where('runId', '=', file.id)
    .execute()
  shop.provider.asked.length = 0
  expect(await run(file.id)).toMatchObject({ state: 'done', counts: { done: 2 } })
  expect(shop.provider.asked).toEqual([])
})

test('a run that is called off sends nothing more, and goes on where it stood', async () => {
  const file = await upload('orders', orderFile('CX-1', 'CX-2'))
  await press(file.id, 'run')
  await press(file.id, 'cancel')
  await shop.work()
  expect(await get(file.id)).toMatchObject({ state: 'cancelled', counts: { ready: 2 } })
  expect(await payment('CX-1')).toBeUndefined()
  expect(await run(file.id)).toMatchObject({ state: 'done', counts: { done: 2 } })
})

test('nothing is sent in the name of somebody who has left', async () => {
  const file = await upload('orders', orderFile('LEFT-1'))
  await press(file.id, 'run')
  await shop.deps.db.owner.updateTable('importRun').set({ startedBy: 'gone' }).where('runId', '=', file.id).execute()
  await shop.work()
  expect(await get(file.id)).toMatchObject({ state: 'cancelled', counts: { ready: 1 } })
})

test('the workbench lists what is to ship by its planned day, and what is on its way', async () => {
  const header = `${HEADER},出荷予定日`
  const day = businessDate('2026-11-25')
  const planned = [`WB-1,${addDays(day, 3)}`, `WB-2,${addDays(day, 1)}`, 'WB-3,'].map((each) => {
    const [number = '', on = ''] = each.split(',')
    return `${order(number)},${on}`
  })
  await run((await upload('orders', [header, ...planned, ''].join('\n'))).id)
  const list = async (query: string) => {
    const { items } = (await (await shop.client.get(`/api/shipments?${query}`)).json()) as {
      items: Array<{ orderNumber: string; shipOn: string | null }>
    }
    return items.map((item) => item.orderNumber)
  }
  expect(await list('q=WB-')).toEqual(['WB-2', 'WB-1', 'WB-3'])
  const totals = await (await shop.client.get('/api/shipments/totals?q=WB-')).json()
  expect(totals).toEqual({ count: 3, amountYen: 3300 })
  expect(await list('tab=reported&q=SL-1')).toEqual(['SL-1'])
})

test('another merchant sees no file of this one', async () => {
  const file = await upload('orders', orderFile('MINE-1'))
  const other = await shop.signInElsewhere('admin')
  expect((await other.get(`/api/imports/${file.id}`)).status).toBe(404)
  expect((await other.get(`/api/imports/${file.id}/result.csv`)).status).toBe(404)
  expect((await other.send('POST', `/api/imports/${file.id}/run`, {})).status).toBe(404)
})
