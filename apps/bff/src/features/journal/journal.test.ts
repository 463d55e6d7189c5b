/** The journal and the trial balance, each held against the postings themselves, over random histories. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JournalRow, JournalTotals, TrialBalance } from '@choba/shared/contracts/journal.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { saveStatement } from '../../ledger/statements.ts'
import { createTestApp, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, playRandomHistory, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let accountant: TestClient

beforeAll(async () => {
  bff = await createTestApp()
  accountant = await bff.signIn('accountant')
  const merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
  await playRandomHistory(bff.deps.db.owner, merchant, { seed: 11, payments: 250 })
  await takeMonthlyFee(merchant)
}, 60_000)
afterAll(() => bff.close())

/** A line of a statement that is no payment's. */
async function takeMonthlyFee({ merchantId, shops, connections }: TestMerchant): Promise<void> {
  const fees = [{ kind: 'monthly', taxClass: 'taxable10', amountYen: yen(1_000), taxYen: yen(100) }] as const
  const line = {
    line: 1,
    kind: 'monthly_fee',
    paymentId: null,
    feeYen: 1_000,
    feeTaxYen: 100,
    fixedFee: null,
    providerId: '',
    orderNumber: '',
    note: '2026-07',
    grossYen: yen(0),
    fees,
    transferYen: yen(-1_100),
  } as const
  const head = {
    statementNumber: 'NP-2026-07',
    method: 'np_postpaid',
    closingOn: businessDate('2026-07-31'),
    payOn: businessDate('2026-08-31'),
    grossYen: yen(0),
    transferYen: yen(-1_100),
  } as const
  const owner = {
    merchantId,
    shopId: shops[0] ?? '',
    connectionId: Object.values(connections)[0] ?? '',
    source: 'provider',
  } as const
  const taken = await bff.deps.db.owner.transaction().execute((tx) => saveStatement(tx, owner, head, [line]))
  expect(taken).toMatchObject({ paidOn: null })
}

async function read<T>(path: string): Promise<T> {
  const response = await accountant.get(path)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}

async function everyPage(query: string): Promise<JournalRow[]> {
  const rows: JournalRow[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: JournalRow[]; nextCursor: string | null } = await read(
      `/api/journal?${query}&limit=37${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    rows.push(...page.items)
    cursor = page.nextCursor
  }
  return rows
}

async function ask<T>(query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return (await query.execute(bff.deps.db.owner)).rows
}

test.each(['direction=desc', 'direction=asc'])('every line once, entry by entry, %s', async (query) => {
  const rows = await everyPage(query)
  const [counted] = await ask(
    sql<{ n: number }>`select count(*) as n from posting where merchant_id = ${bff.merchantId}::uuid`,
  )
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
  expect(rows).toHaveLength(counted?.n ?? -1)
  const days = rows.map((row) => row.bookedOn)
  expect(days).toEqual(query.endsWith('asc') ? days.toSorted() : days.toSorted().toReversed())
  // Lines of one entry stand together and balance.
  for (let at = 0; at < rows.length;) {
    const entry = rows.slice(at).findIndex((row) => row.entryId !== rows[at]?.entryId)
    const lines = rows.slice(at, entry < 0 ? undefined : at + entry)
    expect(lines.reduce((sum, row) => sum + (row.debitYen ?? 0) - (row.creditYen ?? 0), 0)).toBe(0)
    at += lines.length
  }
})

test.each([
  '',
  'account=receivable',
  'kind=fee&method=card',
  'from=2026-07-10&to=2026-07-20',
  'account=sales,output_tax',
])('the totals and the file of "%s" are those of its lines', async (query) => {
  const rows = await everyPage(query)
  expect(await read<JournalTotals>(`/api/journal/totals?${query}`)).toEqual({
    count: rows.length,
    entries: new Set(rows.map((row) => row.entryId)).size,
    debitYen: rows.reduce((sum, row) => sum + (row.debitYen ?? 0), 0),
    creditYen: rows.reduce((sum, row) => sum + (row.creditYen ?? 0), 0),
  })
  const file = await accountant.get(`/api/journal/export.csv?${query}`)
  expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(rows.length + 1)
  expect(file.headers.get('X-Choba-Total-Debit-Yen')).toBe(
    String(rows.reduce((sum, row) => sum + (row.debitYen ?? 0), 0)),
  )
})

test('a month’s trial balance opens where the month before closed, and balances', async () => {
  const [span] = await ask(
    sql<{
      first: string
      last: string
    }>`select to_char(min(booked_on), 'YYYY-MM') as first, to_char(max(booked_on), 'YYYY-MM') as last from journal_entry where merchant_id = ${bff.merchantId}::uuid`,
  )
  let before: TrialBalance | undefined
  for (let month = span?.first ?? ''; month <= (span?.last ?? ''); month = monthAfter(month)) {
    const balance = await read<TrialBalance>(`/api/journal/trial-balance?month=${month}`)
    for (const key of ['openingYen', 'closingYen'] as const)
      expect([month, key, balance.accounts.reduce((sum, row) => sum + row[key], 0)]).toEqual([month, key, 0])
    const moved = balance.accounts.reduce((sum, row) => sum + row.debitYen - row.creditYen, 0)
    expect(moved).toBe(0)
    if (before)
      expect(balance.accounts.map((row) => row.openingYen)).toEqual(before.accounts.map((row) => row.closingYen))
    const receivable = balance.accounts.find((row) => row.account === 'receivable')
    expect(balance.receivables.reduce((sum, row) => sum + row.closingYen, 0)).toBe(receivable?.closingYen)
    before = balance
  }
  const [owed] = await ask(
    sql<{
      yen: number
    }>`select coalesce(sum(amount_yen), 0)::bigint as yen from posting where merchant_id = ${bff.merchantId}::uuid and account = 'receivable'`,
  )
  expect(before?.accounts.find((row) => row.account === 'receivable')?.closingYen).toBe(owed?.yen)
})

test('what a statement says beside its payments stands there too, under the number of the statement', async () => {
  const lines = (await everyPage('')).filter((row) => row.statementNumber === 'NP-2026-07')
  expect(lines.map(({ account, debitYen, creditYen, paymentId }) => [account, debitYen, creditYen, paymentId])).toEqual(
    expect.arrayContaining([
      ['fees', 1_000, null, null],
      ['input_tax', 100, null, null],
      ['receivable', null, 1_100, null],
    ]),
  )
})

test('staff do not read the journal, and another merchant’s is not there', async () => {
  const staff = await bff.signIn('staff')
  for (const path of [
    '/api/journal',
    '/api/journal/totals',
    '/api/journal/trial-balance?month=2026-07',
    '/api/journal/export.csv',
  ])
    expect([path, (await staff.get(path)).status]).toEqual([path, 403])
  const elsewhere = await bff.signInElsewhere('accountant')
  expect(await (await elsewhere.get('/api/journal')).json()).toEqual({ items: [], nextCursor: null })
})

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
