import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerDetail, CustomerPayment, CustomerRow, CustomerTotals } from '@choba/shared/contracts/customers.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, playRandomHistory, registerPayment, type TestMerchant } from '../../testing/factory.ts'

const PAYMENTS = 400
/** Of the merchant whose contract is written into the test. */
const LIMIT_YEN = 54_000

let bff: TestApp
let client: TestClient
let merchant: TestMerchant

beforeAll(async () => {
  bff = await createTestApp()
  client = await bff.signIn('accountant')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
  await playRandomHistory(bff.deps.db.owner, merchant, { seed: 5, payments: PAYMENTS })
  // Half of them are ordered again and again by a few dozen people.
  await sql`update payment set phone = '090-5555-000' || abs(hashtext(order_number)) % 4 where abs(hashtext(order_number)) % 2 = 0`.execute(
    bff.deps.db.owner,
  )
  const term = { merchantId: bff.merchantId, shopId: bff.shopIds[0], method: 'np_postpaid', validFrom: '2024-01-01' }
  await bff.deps.db.owner
    .insertInto('contractTerm')
    .values([{ ...term, kind: 'limit', value: JSON.stringify({ limitYen: LIMIT_YEN }), assumed: true }])
    .execute()
})
afterAll(() => bff.close())

async function read<T>(path: string): Promise<T> {
  const response = await client.get(path)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}

async function everyPage(query: string): Promise<CustomerRow[]> {
  const rows: CustomerRow[] = []
  for (let cursor = ''; ;) {
    const page = await read<{ items: CustomerRow[]; nextCursor: string | null }>(
      `/api/customers?${query}&limit=60${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    rows.push(...page.items)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}

async function idOf(phone: string): Promise<string> {
  const [row] = await everyPage(`q=${encodeURIComponent(phone)}`)
  return row?.id ?? ''
}

describe('customers', () => {
  test('add up to the ledger, over all of them and over each of their pages', async () => {
    const rows = await everyPage('sort=capturedYen')
    const ledger = await read<{ count: number; amountYen: number; capturedYen: number; refundedYen: number }>(
      '/api/payments/totals',
    )
    const totals = await read<CustomerTotals>('/api/customers/totals')
    const sum = (pick: (row: CustomerRow) => number) => rows.reduce((total, row) => total + pick(row), 0)
    expect(totals).toMatchObject({
      count: rows.length,
      payments: ledger.count,
      amountYen: ledger.amountYen,
      capturedYen: ledger.capturedYen,
      refundedYen: ledger.refundedYen,
      netYen: ledger.capturedYen - ledger.refundedYen,
      openYen: sum((row) => row.openYen),
    })
    expect(sum((row) => row.amountYen)).toBe(ledger.amountYen)
    for (const row of rows.slice(0, 12)) {
      const { customer, byMethod, open, limit } = await read<CustomerDetail>(`/api/customers/${row.id}`)
      const { items } = await read<{ items: CustomerPayment[] }>(`/api/customers/${row.id}/payments`)
      expect(customer).toEqual(row)
      expect(items).toHaveLength(row.payments)
      for (const list of [items, byMethod]) {
        expect(list.reduce((total, each) => total + each.capturedYen, 0)).toBe(row.capturedYen)
        expect(list.reduce((total, each) => total + each.refundedYen, 0)).toBe(row.refundedYen)
      }
      expect(open.reduce((total, each) => total + each.openYen, 0)).toBe(row.openYen)
      expect(limit).toMatchObject({ openYen: row.openYen, openPayments: open.length, limitYen: LIMIT_YEN })
    }
    expect((await verifyMerchant(bff.deps.db.owner, bff.merchantId)).differences).toEqual([])
  })

  test.for(['lastOrderedAt', 'capturedYen', 'openYen'] as const)(
    'page by %s without gaps or repeats, up and down',
    async (sort) => {
      const down = await everyPage(`sort=${sort}&direction=desc`)
      const up = await everyPage(`sort=${sort}&direction=asc`)
      expect(new Set(down.map((row) => row.id)).size).toBe(down.length)
      expect(up.map((row) => row.id).toReversed()).toEqual(down.map((row) => row.id))
      const values = down.map((row) => row[sort])
      expect(values).toEqual(values.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)))
    },
  )

  test('are one person by number and name, however both are written, and another by either alone', async () => {
    const order = { method: 'np_postpaid', amountYen: 3_000 } as const
    await registerPayment(bff.deps.db.owner, merchant, { ...order, name: '髙﨑 ゆり', phone: '03-5550-0001' })
    await registerPayment(bff.deps.db.owner, merchant, { ...order, name: '高崎　ユリ', phone: '0355500001' })
    await registerPayment(bff.deps.db.owner, merchant, { ...order, name: '高崎 ユカ', phone: '03-5550-0001' })
    const found = await everyPage('q=0355500001&sort=openYen')
    expect(found.map((row) => [row.payments, row.openYen])).toEqual([
      [2, 6_000],
      [1, 3_000],
    ])
  })

  test.for([
    ['by a name in two characters', '髙崎'],
    ['by three characters anywhere', '崎ゆり'],
    ['by a number with hyphens', '03-5550'],
    ['by an international number', '+81 3 5550 0001'],
  ])('are found %s', async ([, typed]) => {
    const names = (await everyPage(`q=${encodeURIComponent(typed ?? '')}`)).map((row) => row.phone.replaceAll('-', ''))
    expect(names).toContain('0355500001')
  })

  test('are not found by a wildcard, and never at another merchant', async () => {
    for (const typed of ['%', '__', '%%%', '\\']) expect(await everyPage(`q=${encodeURIComponent(typed)}`)).toEqual([])
    const elsewhere = await bff.signInElsewhere('admin')
    expect(await (await elsewhere.get('/api/customers?q=0355500001')).json()).toEqual({ items: [], nextCursor: null })
    expect((await elsewhere.get(`/api/customers/${await idOf('0355500001')}`)).status).toBe(404)
    const limit = await elsewhere.get(`/api/customers/limit?shopId=${bff.shopIds[0]}&phone=0355500001&name=a`)
    expect(limit.status).toBe(404)
  })

  test('are written into a new order as their newest order was', async () => {
    const id = await idOf('0355500001')
    const { customer, delivery } = await read<{ customer: object; delivery: null }>(`/api/customers/${id}/last-order`)
    expect(customer).toMatchObject({ zip: '100-0001', address: '東京都千代田区千代田1-1', department: '' })
    expect(delivery).toBeNull()
  })

  test('move to another person when an order is corrected, and leave nothing behind', async () => {
    const phone = '06-5550-0002'
    const paymentId = await registerPayment(bff.deps.db.owner, merchant, { name: '誤字 一郎', phone, amountYen: 900 })
    const wrong = await idOf(phone)
    await registerPayment(bff.deps.db.owner, merchant, { name: '誤字 一郎', phone, amountYen: 100 })
    await sql`update payment set customer_name = '五字 一郎' where payment_id = ${paymentId}`.execute(bff.deps.db.owner)
    expect(
      (await everyPage(`q=${phone}&sort=lastOrderedAt`)).map((row) => `${row.name} ${row.amountYen}`).toSorted(),
    ).toEqual(['五字 一郎 900', '誤字 一郎 100'])
    await sql`update payment set customer_name = '五字 一郎' where customer_id = ${wrong}::uuid`.execute(
      bff.deps.db.owner,
    )
    expect((await everyPage(`q=${phone}`)).map((row) => [row.name, row.amountYen])).toEqual([['五字 一郎', 1_000]])
    expect((await client.get(`/api/customers/${wrong}`)).status).toBe(404)
  })

  test('keep their sums when many writers come at once', async () => {
    const phone = '011-555-0003'
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        registerPayment(bff.deps.db.owner, merchant, { name: `並行 ${n % 3}`, phone, amountYen: 1_000 + n }),
      ),
    )
    expect((await everyPage(`q=${phone}`)).map((row) => row.payments)).toEqual([8, 8, 8])
    expect((await verifyMerchant(bff.deps.db.owner, bff.merchantId)).differences).toEqual([])
  })
})

describe('the export of customers', () => {
  test('writes the rows and sums of the filter, and says so beside them', async () => {
    const response = await client.get('/api/customers/export.csv?sort=openYen&openMin=1')
    expect(response.status).toBe(200)
    const lines = (await response.text()).trim().split('\n')
    const rows = await everyPage('sort=openYen&openMin=1')
    expect(Number(response.headers.get('x-choba-rows'))).toBe(rows.length)
    expect(lines).toHaveLength(rows.length + 1)
    expect(lines[0]).toContain('NP未払い額（円）')
    expect(Number(response.headers.get('x-choba-total-open-yen'))).toBe(rows.reduce((sum, row) => sum + row.openYen, 0))
  })

  test('guards cells that a spreadsheet would take for a formula, and names what CP932 lacks', async () => {
    expect(await (await client.get('/api/customers/export.csv')).text()).toContain(`'=SUM(A1:A9)`)
    const check = await read<{ unmappableCount: number; unmappable: string[] }>(
      '/api/customers/export/check?encoding=cp932',
    )
    expect(check.unmappable).toEqual(['𠮷'])
    expect((await errorOf(await client.get('/api/customers/export.csv?encoding=cp932'))).code).toBe('export.unmappable')
    const replaced = await client.get('/api/customers/export.csv?encoding=cp932&substitute=geta')
    // 〓 in Shift_JIS.
    expect(Buffer.from(await replaced.arrayBuffer()).includes(Buffer.from([0x81, 0xac]))).toBe(true)
    const staff = await bff.signIn('staff')
    expect((await staff.get('/api/customers/export.csv')).status).toBe(403)
  })
})
