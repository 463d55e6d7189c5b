import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentLineColumns } from '@choba/shared/columns/payment-lines.ts'
import { paymentColumns } from '@choba/shared/columns/payments.ts'
import { businessDate, dayOf } from '@choba/shared/dates.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { charactersMissing } from '../../exports/unmappable.ts'
import { unzip } from '../../testing/archive.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import {
  addConnections,
  playRandomHistory,
  randomFilter,
  registerPayment,
  type TestMerchant,
} from '../../testing/factory.ts'
import { randomFrom } from '../../testing/random.ts'

const ALL_COLUMNS = paymentColumns.map((column) => column.id).join(',')

let bff: TestApp
let client: TestClient
let merchant: TestMerchant

beforeAll(async () => {
  bff = await createTestApp()
  const { owner } = bff.deps.db
  client = await bff.signIn('accountant')
  merchant = await addConnections(owner, bff.merchantId, bff.shopIds)
  await playRandomHistory(owner, merchant, { seed: 11, payments: 400 })
})

afterAll(() => bff.close())

async function download(query: string): Promise<{ response: Response; text: string; rows: string[][] }> {
  const response = await client.get(`/api/payments/export.csv?${query}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const text = query.includes('encoding=cp932')
    ? iconv.decode(bytes, 'cp932')
    : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return { response, text, rows: parse(text, { bom: true, recordDelimiter: '\r\n' }) }
}

function column(rows: readonly string[][], header: string): string[] {
  const at = rows[0]?.indexOf(header) ?? -1
  expect([header, at]).not.toEqual([header, -1])
  return rows.slice(1).map((row) => row[at] as string)
}

function sum(cells: readonly string[]): number {
  return cells.reduce((total, cell) => total + Number(cell), 0)
}

test('for twenty random filters the exported sums, the totals and plain SQL are the same', async () => {
  const random = randomFrom(99)
  const headers = labels('en').column
  for (let index = 0; index < 20; index += 1) {
    const query = randomFilter(random, merchant, index)
    const { response, rows } = await download(`${query}&language=en&columns=${ALL_COLUMNS}`)
    const totals = (await (await client.get(`/api/payments/totals?${query}`)).json()) as Record<string, number>
    const ids = column(rows, headers.orderNumber)
    const { rows: expected } = await sql<Record<string, number>>`
      select count(*) as count, coalesce(sum(amount_yen), 0)::bigint as amount_yen, coalesce(sum(captured_yen), 0)::bigint as captured_yen,
        coalesce(sum(refunded_yen), 0)::bigint as refunded_yen, coalesce(sum(fee_yen), 0)::bigint as fee_yen, coalesce(sum(net_yen), 0)::bigint as net_yen
      from payment where merchant_id = ${merchant.merchantId}::uuid and order_number = any(${ids}::text[])`.execute(
      bff.deps.db.owner,
    )
    const exported = {
      count: ids.length,
      amountYen: sum(column(rows, headers.amountYen)),
      capturedYen: sum(column(rows, headers.capturedYen)),
      refundedYen: sum(column(rows, headers.refundedYen)),
      feeYen: sum(column(rows, headers.feeYen)),
      netYen: sum(column(rows, headers.netYen)),
    }
    expect([query, totals]).toEqual([query, exported])
    expect(expected[0]).toEqual(exported)
    expect(response.headers.get('X-Choba-Rows')).toBe(String(exported.count))
    expect(response.headers.get('X-Choba-Total-Net-Yen')).toBe(String(exported.netYen))
  }
})

test('by line, a row stands for each of the goods in their order, and the money of a sale in its first row alone', async () => {
  const { owner } = bff.deps.db
  const query = 'method=card&columns=orderNumber,amountYen,netYen,customerName&per=line&language=en'
  const { rows: known } = await sql<{ orderNumber: string; goods: Array<{ name: string }> }>`
    select p.order_number as "orderNumber", d.goods from payment p join order_detail d using (merchant_id, payment_id)
      where p.merchant_id = ${merchant.merchantId}::uuid and p.method = 'card' and jsonb_array_length(d.goods) > 0`.execute(
    owner,
  )
  const { response, rows } = await download(query)
  const totals = (await (await client.get('/api/payments/totals?method=card')).json()) as Record<string, number>
  const { column: headers, line_column: lines } = labels('en')
  expect(rows[0]).toEqual([
    headers.orderNumber,
    headers.amountYen,
    headers.netYen,
    headers.customerName,
    ...paymentLineColumns.map(({ id }) => lines[id]),
  ])
  expect(known.length).toBeGreaterThan(5)
  for (const { orderNumber, goods } of known) {
    const own = rows.filter(([number]) => number === orderNumber)
    expect(own.map((row) => row[5])).toEqual(goods.map(({ name }) => name))
    expect(own.map((row) => row[1] === '')).toEqual(goods.map((_, at) => at > 0))
    for (const [, , , , , , price, quantity, sum] of own) expect(Number(price) * Number(quantity)).toBe(Number(sum))
  }
  expect(sum(column(rows, headers.amountYen))).toBe(totals['amountYen'])
  expect(sum(column(rows, headers.netYen))).toBe(totals['netYen'])
  expect(new Set(rows.slice(1).map(([number]) => number)).size).toBe(totals['count'])
  expect(response.headers.get('X-Choba-Rows')).toBe(String(rows.length - 1))
  expect(response.headers.get('X-Choba-Total-Amount-Yen')).toBe(String(totals['amountYen']))
  expect(response.headers.get('Content-Disposition')).toContain('sales_lines_all_start_')
})

test('by line, a sale whose goods are not known is one row, and what CP932 lacks is found in the goods too', async () => {
  const { owner } = bff.deps.db
  const orderNumber = 'LINES-1'
  await registerPayment(owner, merchant, { orderNumber, name: '帳場 花子', kana: '' })
  const goods = JSON.stringify([
    { name: '𠮷の茶', unitPriceYen: 12_000, quantity: 1, taxRateBp: 800 },
    { name: '値引き', unitPriceYen: -500, quantity: 2, taxRateBp: 1000 },
  ])
  const put = (value: string) =>
    sql`insert into order_detail (merchant_id, payment_id, customer, delivery, goods)
      select merchant_id, payment_id, '{}'::jsonb, null, ${value}::jsonb from payment where order_number = ${orderNumber}
      on conflict (merchant_id, payment_id) do update set goods = excluded.goods`.execute(owner)
  const query = `q=${orderNumber}&columns=orderNumber,amountYen&per=line`
  await put('[]')
  expect((await download(query)).rows.slice(1)).toEqual([[orderNumber, '11000', '', '', '', '', '', '']])
  await put(goods)
  expect((await download(query)).rows.slice(1)).toEqual([
    [orderNumber, '11000', '1', '𠮷の茶', '12000', '1', '12000', '8'],
    [orderNumber, '', '2', '値引き', '-500', '2', '-1000', '10'],
  ])
  const check = await client.get(`/api/payments/export/check?${query}&encoding=cp932`)
  expect(await check.json()).toMatchObject({
    totals: { count: 2, amountYen: 11_000 },
    unmappable: [{ column: 'goodsName', orderNumber, characters: '𠮷' }],
  })
})

test('writes the rows of the list in its order, in words of the language and days of Tokyo', async () => {
  const query = 'sort=amountYen&direction=asc&method=np_postpaid&columns=orderNumber,method,orderedAt,capturedOn,shopId'
  const { rows } = await download(query)
  const list = (await (await client.get(`/api/payments?${query}&limit=200`)).json()) as {
    items: Array<{ orderNumber: string; orderedAt: string; capturedOn: string | null }>
  }
  expect(rows[0]).toEqual(['注文番号', '決済方法', '注文日時', '売上日', '店舗'])
  expect(rows.slice(1).map((row) => row[0])).toEqual(list.items.map((item) => item.orderNumber))
  const [first] = list.items
  const [, method, orderedAt, capturedOn, shop] = rows[1] ?? []
  expect(method).toBe('NP後払い')
  expect(orderedAt).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:00$/)
  expect(orderedAt?.slice(0, 10)).toBe(dayOf(new Date(first?.orderedAt ?? '')))
  expect(capturedOn).toBe(first?.capturedOn ?? '')
  expect(shop).toMatch(/号店$/)
})

test('begins with a byte order mark, ends lines with CRLF and quotes what needs it', async () => {
  const { text } = await download(`columns=customerName,status&q=smith`)
  expect(text.startsWith('\uFEFF購入者,状態\r\n"Smith, ""Jo""",')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  expect(text.endsWith('\r\n')).toBe(true)
})

test.for(['=1+1', '+1', '-1', '@cmd', '\t=1', '\r=1', '\n=1'])(
  'guards a cell that begins like a formula: %j',
  async (name) => {
    await registerPayment(bff.deps.db.owner, merchant, { orderNumber: `GUARD-${name.charCodeAt(0)}`, name, kana: '' })
    const { rows } = await download(`columns=customerName,amountYen,customerKana&q=GUARD-${name.charCodeAt(0)}`)
    expect(rows[1]).toEqual([`'${name}`.replaceAll(/\r|\n/g, '\r\n'), '11000', ''])
  },
)

test('lists what CP932 lacks, refuses the download until told, and then writes 〓', async () => {
  const query = 'columns=orderNumber,customerName&encoding=cp932'
  const check = (await (await client.get(`/api/payments/export/check?${query}`)).json()) as {
    totals: { count: number }
    unmappableCount: number
    unmappable: Array<Record<string, string>>
  }
  const { rows: utf8 } = await download('columns=orderNumber,customerName')
  const hit = utf8.slice(1).filter((row) => row[1]?.includes('𠮷'))
  expect(hit.length).toBeGreaterThan(0)
  expect(check.unmappableCount).toBe(hit.length)
  expect(check.totals.count).toBe(utf8.length - 1)
  expect(check.unmappable[0]).toMatchObject({ column: 'customerName', characters: '𠮷', value: '𠮷野 さくら' })

  const refused = await client.get(`/api/payments/export.csv?${query}`)
  expect(refused.status).toBe(409)
  expect(await errorOf(refused)).toMatchObject({ code: 'export.unmappable', details: { count: hit.length } })

  const { rows, response } = await download(`${query}&substitute=geta`)
  expect(response.headers.get('Content-Type')).toBe('text/csv; charset=Shift_JIS; header=present')
  expect(rows).toEqual(utf8.map((row) => row.map((cell) => cell.replace('𠮷', '〓'))))
})

test('writes CP932 at once when it holds every character', async () => {
  const { rows } = await download(`columns=orderNumber,customerName&encoding=cp932&q=${encodeURIComponent('高橋')}`)
  expect(rows.length).toBeGreaterThan(1)
  expect(new Set(rows.slice(1).map((row) => row[1]))).toEqual(new Set(['髙橋 一郎']))
})

test.for(['ja', 'en'] as const)('every header in %s can be written in CP932', (language) => {
  for (const { id } of paymentColumns) expect([id, charactersMissing(labels(language).column[id])]).toEqual([id, ''])
})

test('writes a workbook whose amounts add up as numbers and whose order numbers keep their zeros', async () => {
  await registerPayment(bff.deps.db.owner, merchant, { orderNumber: '000777', name: '=cmd', kana: '' })
  const response = await client.get('/api/payments/export.csv?encoding=xlsx&columns=orderNumber,customerName,amountYen')
  expect(response.headers.get('Content-Type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  expect(response.headers.get('Content-Disposition')).toContain('_JST.xlsx"')
  const sheet = unzip(Buffer.from(await response.arrayBuffer()), 'xl/worksheets/sheet1.xml').toString('utf8')
  const amounts = [...sheet.matchAll(/<c><v>(\d+)<\/v><\/c>/g)].map((match) => Number(match[1]))
  expect(amounts).toHaveLength(Number(response.headers.get('X-Choba-Rows')))
  expect(amounts.reduce((total, amount) => total + amount, 0)).toBe(
    Number(response.headers.get('X-Choba-Total-Amount-Yen')),
  )
  expect(sheet).toMatch(/>000777<\/t><\/is><\/c><c t="inlineStr"><is><t xml:space="preserve">=cmd</)
})

test('names the file after shop, range and zone, and leaves an audit entry without the search', async () => {
  const { response } = await download(`shop=${merchant.shops[0]}&from=2026-07-01&to=2026-07-31&q=090`)
  expect(response.headers.get('Content-Disposition')).toBe(
    `attachment; filename="sales_s1_2026-07-01_2026-07-31_JST.csv"; filename*=UTF-8''sales_s1_2026-07-01_2026-07-31_JST.csv`,
  )
  const entries = await bff.deps.db.owner
    .selectFrom('auditLog')
    .select(['actorKind', 'after'])
    .where('action', '=', 'payments.export')
    .orderBy('at', 'desc')
    .limit(1)
    .execute()
  expect(entries[0]).toMatchObject({
    actorKind: 'person',
    after: { from: businessDate('2026-07-01'), searched: true, count: Number(response.headers.get('X-Choba-Rows')) },
  })
  expect(JSON.stringify(entries[0]?.after)).not.toContain('"q"')
})

test('an export without a match is its header line', async () => {
  const { text, response } = await download('columns=orderNumber&q=NOTHING-HERE')
  expect(text).toBe('\uFEFF注文番号\r\n')
  expect(response.headers.get('X-Choba-Rows')).toBe('0')
})

test('is refused to staff, and for columns and encodings that do not exist', async () => {
  const staff = await bff.signIn('staff')
  expect((await staff.get('/api/payments/export.csv')).status).toBe(403)
  expect((await bff.app.request('/api/payments/export.csv')).status).toBe(401)
  for (const query of ['columns=orderNumber,secret', 'encoding=utf16', 'language=fr', 'substitute=x']) {
    expect([query, (await client.get(`/api/payments/export.csv?${query}`)).status]).toEqual([query, 400])
  }
})

test('an abandoned download ends its query and gives its connection back', async () => {
  const { owner } = bff.deps.db
  const large = await createLargeExport()
  const reader = (large.body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  await reader.read()
  expect(await copies()).toBe(1)
  await reader.cancel()
  await expect.poll(copies, { timeout: 5_000 }).toBe(0)
  // The pool still serves: as many downloads as it has connections, and one more.
  for (let n = 0; n < 13; n += 1) expect((await download('q=NOTHING-HERE')).rows).toHaveLength(1)

  async function copies(): Promise<number> {
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from pg_stat_activity where datname = current_database() and query ilike 'copy %' and state = 'active'`.execute(
      owner,
    )
    return rows[0]?.n ?? 0
  }
})

test('turns the fifth download at once away until one of the four ends', async () => {
  const open = await Promise.all([1, 2, 3, 4].map(() => client.get('/api/payments/export.csv')))
  expect(open.map((response) => response.status)).toEqual([200, 200, 200, 200])
  const refused = await client.get('/api/payments/export.csv')
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5'])
  await open[0]?.arrayBuffer()
  expect((await download('columns=orderNumber')).response.status).toBe(200)
  for (const response of open.slice(1)) await response.body?.cancel()
})

/** Forty megabytes: more than all the buffers on the way hold. */
async function createLargeExport(): Promise<Response> {
  await sql`
    insert into payment (merchant_id, payment_id, shop_id, ordered_at, amount_yen, ordered_on, version, method, status, site, billing_method, connection_method, connection_id, order_number, reasons, state)
    select merchant_id, gen_random_uuid(), shop_id, ordered_at, amount_yen, ordered_on, version, method, status, site, billing_method, connection_method, connection_id, 'MANY-' || n, array[repeat('x', 20000)], '{}'
    from (select * from payment where merchant_id = ${merchant.merchantId}::uuid limit 1) p cross join generate_series(1, 2000) n`.execute(
    bff.deps.db.owner,
  )
  const response = await client.get('/api/payments/export.csv?columns=orderNumber,reasons&q=MANY-')
  expect(response.status).toBe(200)
  return response
}
