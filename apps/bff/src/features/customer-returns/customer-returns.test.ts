/** Money on a slip that nothing is owed on: the customer's, until it was transferred back. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerReturnRow } from '@choba/shared/contracts/customer-returns.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { DatedNews, ProviderNews } from '../../domain/payment/news.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, tellPayment, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let staff: TestClient
let accountant: TestClient
let merchant: TestMerchant
let hour = 0

beforeAll(async () => {
  bff = await createTestApp()
  staff = await bff.signIn('staff')
  accountant = await bff.signIn('accountant')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
})
afterAll(() => bff.close())

function told(news: ProviderNews): DatedNews {
  hour += 1
  return { at: new Date(Date.UTC(2026, 9, 1, hour)).toISOString(), news }
}

function deposit(totalYen: number): DatedNews {
  return told({ kind: 'deposit', certainty: 'definite', totalYen: yen(totalYen) })
}

function cancelled(): DatedNews {
  return told({ kind: 'cancelled', by: 'merchant' })
}

async function slip(
  order: string | { orderNumber: string; orderBranch: number },
  ...news: DatedNews[]
): Promise<string> {
  const { orderNumber, orderBranch } = typeof order === 'string' ? { orderNumber: order, orderBranch: 0 } : order
  const issued = told({
    kind: 'slip_issued',
    providerId: `SLIP-${orderNumber}-${orderBranch}`,
    transactionId: null,
    store: '001',
    numbers: [orderNumber],
    payBy: businessDate('2026-12-01'),
  })
  return bff.deps.db.owner
    .transaction()
    .execute((tx) =>
      registerPayment(tx, merchant, { method: 'convenience_store', orderNumber, orderBranch, amountYen: 5_000 }, [
        issued,
        ...news,
      ]),
    )
}

async function returns(view = 'open'): Promise<CustomerReturnRow[]> {
  const response = await staff.get(`/api/customer-returns?view=${view}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { items: CustomerReturnRow[] }).items
}

async function of(order: string, view = 'open'): Promise<CustomerReturnRow | undefined> {
  return (await returns(view)).find((row) => row.orderNumber === order)
}

async function file(view: string): Promise<Response> {
  return accountant.get(`/api/customer-returns/export.csv?view=${view}&language=en`)
}

const ACCOUNT = {
  bankName: '帳場銀行',
  branchName: '日本橋支店',
  accountKind: 'ordinary',
  accountNumber: '7654321',
  accountHolder: 'ヤマダ タロウ',
}

function ask(paymentId: string, amountYen: number, key = `return-${paymentId}-${amountYen}`): Promise<Response> {
  return staff.send('POST', '/api/customer-returns', { idempotencyKey: key, paymentId, amountYen, ...ACCOUNT })
}

async function requested(paymentId: string, amountYen: number): Promise<string> {
  const response = await ask(paymentId, amountYen)
  expect(response.status).toBe(200)
  return ((await response.json()) as { id: string }).id
}

function complete(id: string, paidOn = '2026-10-05', reference = 'FB-1', who = accountant): Promise<Response> {
  return who.send('POST', `/api/customer-returns/${id}/complete`, { paidOn, reference })
}

async function balanceOf(paymentId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ account: string; yen: number }>`
    select p.account, sum(p.amount_yen)::bigint as yen from posting p join journal_entry e using (merchant_id, entry_id)
      where e.payment_id = ${paymentId}::uuid group by p.account having sum(p.amount_yen) <> 0`.execute(
    bff.deps.db.owner,
  )
  return Object.fromEntries(rows.map((row) => [row.account, row.yen]))
}

describe('money on a cancelled slip', () => {
  test('is no sale but the customer’s, and a task until it was transferred', async () => {
    const id = await slip('R-1', cancelled(), deposit(5_000))
    expect(await balanceOf(id)).toEqual({ receivable: 5_000, deposits_received: -5_000 })
    expect(await of('R-1')).toMatchObject({ task: 'owed', reason: 'paid_after_cancel', amountYen: 5_000 })
    const transfer = await requested(id, 5_000)
    expect(await of('R-1')).toMatchObject({ id: transfer, task: 'requested', accountEnding: '321' })
    expect((await complete(transfer)).status).toBe(200)
    expect(await of('R-1')).toBeUndefined()
    expect(await of('R-1', 'ended')).toMatchObject({ task: 'done', paidOn: '2026-10-05', reference: 'FB-1' })
    expect(await balanceOf(id)).toEqual({ receivable: 5_000, bank: -5_000 })
  })

  test('of which a part had been booked as a sale before the cancel becomes the customer’s whole', async () => {
    const id = await slip('R-2', deposit(2_000))
    expect((await balanceOf(id))['deposits_received']).toBeUndefined()
    await bff.deps.db.owner.transaction().execute((tx) => tellPayment(tx, bff.merchantId, id, [cancelled()]))
    expect(await balanceOf(id)).toEqual({ receivable: 2_000, deposits_received: -2_000 })
  })
})

test('of a slip that was overpaid only what is beyond the bill goes back, also in parts', async () => {
  const id = await slip('R-3', deposit(6_500))
  expect(await of('R-3')).toMatchObject({ task: 'owed', reason: 'overpaid', amountYen: 1_500 })
  expect((await errorOf(await ask(id, 1_501))).code).toBe('return.not_owed')
  expect((await complete(await requested(id, 500))).status).toBe(200)
  expect(await of('R-3')).toMatchObject({ task: 'owed', amountYen: 1_000 })
  expect(await balanceOf(id)).toMatchObject({ deposits_received: -1_000, bank: -500 })
})

describe('a slip that was paid although another payment of its order is a sale', () => {
  async function card(orderNumber: string): Promise<string> {
    const news = [
      told({ kind: 'authorized', providerId: `CARD-${orderNumber}`, transactionId: null, brand: 'V' }),
      told({ kind: 'captured', amountYen: yen(5_000) }),
    ]
    return bff.deps.db.owner
      .transaction()
      .execute((tx) => registerPayment(tx, merchant, { orderNumber, orderBranch: 1, amountYen: 5_000 }, news))
  }

  test('is a task until its money was transferred; then the other payment alone is the sale', async () => {
    const id = await slip('R-7', deposit(5_000))
    expect(await of('R-7')).toBeUndefined()
    const other = await card('R-7')
    expect(await of('R-7')).toMatchObject({ task: 'owed', reason: 'paid_twice', paymentId: id, amountYen: 5_000 })
    expect(await (await file('open')).text()).toContain('Order paid twice')
    expect((await errorOf(await ask(id, 5_001))).code).toBe('return.not_owed')
    expect((await errorOf(await ask(other, 5_000))).code).toBe('return.not_owed')

    const part = await requested(id, 3_000)
    expect(await of('R-7')).toMatchObject({ id: part, task: 'requested', reason: 'paid_twice', amountYen: 3_000 })
    expect((await balanceOf(id))['deposits_received']).toBeUndefined()
    expect((await complete(part)).status).toBe(200)
    expect(await balanceOf(id)).toEqual({ receivable: 5_000, deposits_received: -2_000, bank: -3_000 })
    expect(await of('R-7')).toMatchObject({ task: 'owed', reason: 'paid_twice', amountYen: 2_000 })
    expect((await complete(await requested(id, 2_000), '2026-10-06')).status).toBe(200)
    expect(await of('R-7')).toBeUndefined()
    expect(await of('R-7', 'ended')).toMatchObject({ task: 'done', reason: 'paid_twice' })
    expect(await balanceOf(id)).toEqual({ receivable: 5_000, bank: -5_000 })
    expect(await balanceOf(other)).toMatchObject({ receivable: 5_000 })
    expect((await verifyMerchant(bff.deps.db.owner, bff.merchantId)).differences).toEqual([])
  })

  test('is none once the other was refunded, and of two slips only the later goes back', async () => {
    const first = await slip('R-8', deposit(5_000))
    const refunded = await card('R-8')
    expect(await of('R-8')).toMatchObject({ paymentId: first })
    const refund = told({ kind: 'refunded', totalYen: yen(5_000) })
    await bff.deps.db.owner.transaction().execute((tx) => tellPayment(tx, bff.merchantId, refunded, [refund]))
    expect(await of('R-8')).toBeUndefined()
    const later = await slip({ orderNumber: 'R-8', orderBranch: 2 }, deposit(5_200))
    expect((await returns()).filter((row) => row.orderNumber === 'R-8')).toMatchObject([
      { paymentId: later, reason: 'paid_twice', amountYen: 5_200 },
    ])
  })
})

describe('a transfer', () => {
  test('is asked for once by one key, and not twice at a time by two', async () => {
    const id = await slip('R-4', cancelled(), deposit(5_000))
    const first = await requested(id, 5_000)
    expect(await requested(id, 5_000)).toBe(first)
    expect((await errorOf(await ask(id, 5_000, 'another-key'))).code).toBe('return.not_open')
    expect((await errorOf(await ask(id, 4_000, `return-${id}-5000`))).code).toBe('idempotency.conflict')
  })

  test('that is said to be made twice is booked once; said otherwise it is refused', async () => {
    const id = (await of('R-4'))?.id ?? ''
    expect([(await complete(id)).status, (await complete(id)).status]).toEqual([200, 200])
    expect((await errorOf(await complete(id, '2026-10-06'))).code).toBe('return.not_open')
    expect(await balanceOf((await of('R-4', 'ended'))?.paymentId ?? '')).toMatchObject({ bank: -5_000 })
  })

  test('is not made on a day to come', async () => {
    const id = await requested(await slip('R-5', cancelled(), deposit(5_000)), 5_000)
    expect((await errorOf(await complete(id, '2099-01-01'))).code).toBe('request.invalid')
  })

  test('that is given up leaves the debt, and another can be asked for', async () => {
    const open = await of('R-5')
    expect((await staff.send('POST', `/api/customer-returns/${open?.id}/drop`, { reason: '口座相違' })).status).toBe(
      200,
    )
    expect(await of('R-5')).toMatchObject({ task: 'owed', amountYen: 5_000 })
    expect((await ask(open?.paymentId ?? '', 5_000, 'after-the-drop')).status).toBe(200)
  })

  test('shows the whole account number to those who transfer, writes down who looked, and keeps it sealed', async () => {
    const id = (await of('R-5'))?.id ?? ''
    expect((await staff.send('POST', `/api/customer-returns/${id}/account`)).status).toBe(403)
    const shown = await accountant.send('POST', `/api/customer-returns/${id}/account`)
    expect(await shown.json()).toEqual({ accountNumber: '7654321' })
    expect(JSON.stringify(await returns())).not.toContain('7654321')
    const { owner } = bff.deps.db
    const kept = await owner.selectFrom('customerReturn').selectAll().execute()
    const audits = await owner.selectFrom('auditLog').selectAll().where('action', 'like', 'customer_return.%').execute()
    expect(JSON.stringify([kept, audits])).not.toContain('7654321')
    expect(audits.map((entry) => entry.action)).toContain('customer_return.reveal')
  })

  test('is said to be made by no staff', async () => {
    expect((await complete((await of('R-5'))?.id ?? '', '2026-10-05', 'FB-2', staff)).status).toBe(403)
  })
})

test('the total is the sum of the open list, and the books agree with the events', async () => {
  const rows = await returns()
  const totals = await (await staff.get('/api/customer-returns/totals')).json()
  expect(totals).toEqual({ count: rows.length, amountYen: rows.reduce((sum, row) => sum + row.amountYen, 0) })
  const { owner } = bff.deps.db
  expect((await verifyMerchant(owner, bff.merchantId)).differences).toEqual([])
  await owner.updateTable('customerReturn').set({ amountYen: 501 }).where('amountYen', '=', 500).execute()
  const { differences } = await verifyMerchant(owner, bff.merchantId)
  expect(JSON.stringify(differences)).toContain('transfers to the customer come to 501, the events say 500')
})

describe('the list as a file', () => {
  test('holds what is owed with its sum, and of the account its last digits alone', async () => {
    await requested(await slip('ORD-FILE-1', cancelled(), deposit(5_000)), 5_000)
    await slip('ORD-FILE-2', deposit(6_200))

    const response = await file('open')
    expect(response.status).toBe(200)
    const totals = (await (await staff.get('/api/customer-returns/totals')).json()) as {
      count: number
      amountYen: number
    }
    expect(response.headers.get('X-Choba-Rows')).toBe(String(totals.count))
    expect(response.headers.get('X-Choba-Total-Amount-Yen')).toBe(String(totals.amountYen))
    const rows = (await response.text()).trim().split('\r\n')
    const first = rows.find((row) => row.includes('ORD-FILE-1'))
    expect(first).toContain('Paid on a cancelled slip')
    expect(first).toContain('Transfer requested')
    expect(first).toContain('321')
    expect(first).not.toContain('7654321')
    expect(rows.find((row) => row.includes('ORD-FILE-2'))).toContain('1200')
    const check = await accountant.get('/api/customer-returns/export/check?view=open&encoding=cp932')
    expect(await check.json()).toEqual({ totals, unmappableCount: 0, unmappable: [] })
    expect(await (await file('ended')).text()).not.toContain('ORD-FILE-1')
    expect((await staff.get('/api/customer-returns/export.csv')).status).toBe(403)
  })
})
