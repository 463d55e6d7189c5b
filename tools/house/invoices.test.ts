/** NP's bills over the real flow: when they go out, when they are due, what becomes of them, in list, totals and export. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type InvoiceDetail,
  type InvoiceRow,
  type InvoiceTotals,
} from '../../packages/shared/src/contracts/invoices.ts'
import { addDays, businessDate } from '../../packages/shared/src/dates.ts'
import { INVOICE_STATES } from '../../packages/shared/src/states/invoice.ts'
import { type House, openHouse } from './house.ts'
import { act, detailOf, order, ship, shipmentOf } from './orders.ts'

let house: House
const ids: Record<string, string> = {}

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function make(name: string, email: string, more: { invoice?: 'separate' | 'bundled' } = {}): Promise<string> {
  const [id = ''] = await order(house, [{ email: `${email}+${name}@example.jp`, ...more }])
  ids[name] = id
  return id
}

async function list(query = ''): Promise<InvoiceRow[]> {
  return (await house.api<{ items: InvoiceRow[] }>('GET', `/api/invoices?limit=200&${query}`)).items
}

async function bill(name: string): Promise<InvoiceRow | undefined> {
  return (await list()).find((row) => row.id === ids[name])
}

test('a mailed bill waits for the next business day after the report, over a weekend and a holiday', async () => {
  // Friday 7 August 2026; Tuesday the 11th is Mountain Day.
  await house.moveDays(4)
  await ship(house, [await make('early', 'early'), await make('never', 'never'), await make('gone', 'never')])
  expect(await bill('early')).toMatchObject({ state: 'waiting', expectedOn: '2026-08-10', issuedOn: null })
  await house.moveDays(3)
  await ship(house, [await make('holiday', 'never')])
  expect(await bill('holiday')).toMatchObject({ state: 'waiting', expectedOn: '2026-08-12' })
  await house.moveDays(1)
  expect(await bill('early')).toMatchObject({ issuedOn: '2026-08-10', dueOn: '2026-08-24', expectedOn: null })
  expect((await bill('holiday'))?.state).toBe('waiting')
})

test('a bill by e-mail is told as one, issued on the business day after the arrival', async () => {
  await ship(house, [await make('electronic', 'never-electronic')])
  await house.moveDays(5)
  const mailed = await bill('electronic')
  expect(mailed).toMatchObject({ delivery: 'electronic', state: 'issued' })
  expect((await detailOf(house, ids.electronic ?? '')).timeline.map((event) => event.type)).toContain('invoice_issued')
})

test('a bundled bill counts from the day it was printed', async () => {
  const id = await make('bundled', 'never', { invoice: 'bundled' })
  await act(house, 'report_shipment', id, { ...shipmentOf(7), billIssuedOn: '2026-08-11' })
  await house.moveDays(1)
  expect(await bill('bundled')).toMatchObject({ delivery: 'bundled', issuedOn: '2026-08-11', dueOn: '2026-08-25' })
})

test('a cancelled sale has no bill any more, and the customer’s payment is told with its place', async () => {
  await act(house, 'cancel', ids.gone ?? '')
  await house.moveDays(20)
  expect((await bill('gone'))?.state).toBe('cancelled')
  const paid = await bill('early')
  expect(paid).toMatchObject({ state: 'paid' })
  expect(['convenience_store', 'post_office', 'bank']).toContain(paid?.paidPlace)
})

test('an unpaid bill is overdue from the day after its due day, reminded, and issued again with a new due day', async () => {
  const before = await bill('never')
  expect(before?.dueOn).toBe(addDays(businessDate('2026-08-10'), 14))
  await house.moveDays(20)
  const rows = await list('state=overdue,reissued')
  expect(rows.map((row) => row.id)).toContain(ids.holiday)
  expect(rows.some((row) => row.reminders > 0)).toBe(true)
})

test('the replacement payment does not wait for the customer', async () => {
  const { payment } = await detailOf(house, ids.never ?? '')
  expect(payment.status).toBe('paid_out')
  expect((await bill('never'))?.paidOn).toBeNull()
})

test('list, totals and export are of one filter', async () => {
  for (const query of ['', 'state=paid', 'delivery=bundled', 'dateBy=due&from=2026-08-24&to=2026-08-25', 'q=H-']) {
    const rows = await list(query)
    const totals = await house.api<InvoiceTotals>('GET', `/api/invoices/totals?${query}`)
    expect(totals.count).toBe(rows.length)
    expect(totals.amountYen).toBe(rows.reduce((sum, row) => sum + row.amountYen, 0))
    for (const state of INVOICE_STATES)
      expect(totals.byState.find((each) => each.state === state)?.count ?? 0).toBe(
        rows.filter((row) => row.state === state).length,
      )
    const file = await house.client.get(`/api/invoices/export.csv?${query}`)
    expect(file.headers.get('x-choba-rows')).toBe(String(rows.length))
    expect((await file.text()).trimEnd().split('\n')).toHaveLength(rows.length + 1)
  }
})

test.each(['issuedOn', 'dueOn'])('pages by %s meet every bill once, forth and back', async (sort) => {
  for (const direction of ['asc', 'desc']) {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: InvoiceRow[]; nextCursor: string | null } = await house.api(
        'GET',
        `/api/invoices?limit=2&sort=${sort}&direction=${direction}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      seen.push(...page.items.map((row) => row.id))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.toSorted()).toEqual((await list()).map((row) => row.id).toSorted())
  }
})

test('the customer’s inquiry number finds the bill', async () => {
  const { inquiryNumber } = (await bill('never')) ?? {}
  expect(inquiryNumber).toMatch(/^akt\d{15}$/)
  expect((await list(`q=${inquiryNumber}`)).map((row) => row.id)).toEqual([ids.never])
})

test('a bill is read whole: its numbers, every issue, what NP adds, and its history; a payment without one has none', async () => {
  const { invoice, issues, history, lateFeeYen, npIds } = await house.api<InvoiceDetail>(
    'GET',
    `/api/invoices/${ids.never}`,
  )
  const row = await bill('never')
  expect(invoice).toEqual(row)
  expect(npIds).toEqual([row?.providerId])
  expect(issues.map((issue) => issue.reissue)).toEqual([...issues.keys()])
  expect(issues.at(-1)).toMatchObject({ issuedOn: row?.issuedOn, dueOn: row?.dueOn, inquiryNumber: row?.inquiryNumber })
  expect(issues.length).toBe((row?.reissues ?? 0) + 1)
  expect(lateFeeYen).toBe(297)
  const types = history.map((item) => item.type)
  expect(types[0]).toBe('shipment_reported')
  expect(types).toEqual(expect.arrayContaining(['invoice_issued', 'reminded', 'arrival_confirmed']))
  expect(types).not.toContain('screening_decided')

  const paid = await house.api<InvoiceDetail>('GET', `/api/invoices/${ids.early}`)
  expect(paid).toMatchObject({ lateFeeYen: null, invoice: { state: 'paid', reminders: 0 } })
  expect(paid.history.find((item) => item.type === 'customer_paid')?.data.on).toBe(paid.invoice.paidOn)

  const unshipped = await make('unshipped', 'ok')
  expect((await house.client.get(`/api/invoices/${unshipped}`)).status).toBe(404)
})
