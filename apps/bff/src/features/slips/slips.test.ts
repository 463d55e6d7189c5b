/** Slips as their list shows them, held against what was told of each payment. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SlipRow, SlipTotals } from '@choba/shared/contracts/slips.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { DatedNews, ProviderNews } from '../../domain/payment/news.ts'
import { createTestApp, type TestApp, type TestClient } from '../../testing/app.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { addConnections, registerPayment, tellPayment, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let client: TestClient
let merchant: TestMerchant
let hour = 0

beforeAll(async () => {
  bff = await createTestApp()
  client = await bff.signIn('accountant')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
})
afterAll(() => bff.close())

function told(news: ProviderNews): DatedNews {
  hour += 1
  return { at: new Date(Date.UTC(2026, 9, 1, hour)).toISOString(), news }
}

function issued(key: string, payBy = '2026-10-15'): DatedNews {
  return told({
    kind: 'slip_issued',
    providerId: `SLIP-${key}`,
    transactionId: null,
    store: '016',
    numbers: ['20020', `NUM-${key}`],
    payBy: businessDate(payBy),
  })
}

function deposit(certainty: 'preliminary' | 'definite', totalYen: number): DatedNews {
  return told({ kind: 'deposit', certainty, totalYen: yen(totalYen) })
}

async function slipOf(orderNumber: string, news: readonly DatedNews[]): Promise<string> {
  return bff.deps.db.owner
    .transaction()
    .execute((tx) =>
      registerPayment(tx, merchant, { method: 'convenience_store', orderNumber, amountYen: 5_000 }, news),
    )
}

async function tell(paymentId: string, ...news: DatedNews[]): Promise<void> {
  await bff.deps.db.owner.transaction().execute((tx) => tellPayment(tx, bff.merchantId, paymentId, news))
}

async function rows(query: string): Promise<SlipRow[]> {
  const response = await client.get(`/api/slips?${query}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { items: SlipRow[] }).items
}

async function rowOf(orderNumber: string): Promise<SlipRow | undefined> {
  return (await rows('limit=200')).find((row) => row.orderNumber === orderNumber)
}

describe('a slip', () => {
  test('is not in the list before it is issued, and then says what the customer shows at the till', async () => {
    const id = await slipOf('S-1', [])
    expect(await rowOf('S-1')).toBeUndefined()
    await tell(id, issued('1'))
    expect(await rowOf('S-1')).toMatchObject({
      state: 'unpaid',
      store: '016',
      numbers: ['20020', 'NUM-1'],
      payBy: '2026-10-15',
      preliminaryYen: null,
      warnings: [],
    })
  })

  test('follows its deposits: part paid, paid, overpaid, and back when one is taken back', async () => {
    const id = await slipOf('S-2', [issued('2')])
    await tell(id, deposit('preliminary', 2_000))
    expect(await rowOf('S-2')).toMatchObject({ state: 'part_paid', preliminaryYen: 2_000, definiteYen: null })
    await tell(id, deposit('definite', 5_000))
    expect(await rowOf('S-2')).toMatchObject({ state: 'paid', owedYen: 0, status: 'captured' })
    await tell(id, deposit('definite', 6_500))
    expect(await rowOf('S-2')).toMatchObject({ state: 'overpaid', owedYen: 1_500, warnings: ['owed_to_customer'] })
    await tell(id, deposit('definite', 0), deposit('preliminary', 0))
    expect(await rowOf('S-2')).toMatchObject({ state: 'unpaid', owedYen: 0, warnings: [] })
  })

  test('that was cancelled and is paid all the same is owed to the customer whole', async () => {
    const id = await slipOf('S-3', [issued('3'), told({ kind: 'cancelled', by: 'merchant' })])
    expect(await rowOf('S-3')).toMatchObject({ state: 'cancelled', owedYen: 0 })
    await tell(id, deposit('definite', 5_000))
    expect(await rowOf('S-3')).toMatchObject({ owedYen: 5_000, warnings: ['owed_to_customer'] })
  })

  test('warns while it can be paid beside another live payment of the order, and stops when it is cancelled', async () => {
    const id = await slipOf('S-4', [issued('4')])
    await bff.deps.db.owner
      .transaction()
      .execute((tx) =>
        registerPayment(tx, merchant, { method: 'card', orderNumber: 'S-4', orderBranch: 1, amountYen: 5_000 }, [
          told({ kind: 'authorized', providerId: 'CARD-4', transactionId: null, brand: null }),
        ]),
      )
    expect((await rows('warning=order_live_elsewhere')).map((row) => row.orderNumber)).toEqual(['S-4'])
    await tell(id, told({ kind: 'cancelled', by: 'merchant' }))
    expect(await rows('warning=order_live_elsewhere')).toEqual([])
  })

  test('expires when the provider says so', async () => {
    await slipOf('S-5', [issued('5'), told({ kind: 'slip_expired' })])
    expect(await rowOf('S-5')).toMatchObject({ state: 'expired', status: 'expired' })
  })
})

describe('the list', () => {
  test('gives every slip once over its pages, in each order', async () => {
    const all = (await rows('limit=200')).map((row) => row.id).sort()
    for (const sort of ['orderedAt', 'payBy', 'amountYen'])
      for (const direction of ['asc', 'desc']) {
        const seen: string[] = []
        let cursor: string | null = null
        do {
          const place: string = cursor === null ? '' : `&cursor=${cursor}`
          const response = await client.get(`/api/slips?limit=2&sort=${sort}&direction=${direction}${place}`)
          const page = (await response.json()) as { items: SlipRow[]; nextCursor: string | null }
          seen.push(...page.items.map((row) => row.id))
          cursor = page.nextCursor
        } while (cursor !== null)
        expect(seen.sort()).toEqual(all)
      }
  })

  test('sums in its totals and its file exactly what it lists, under any condition', async () => {
    for (const query of [
      '',
      'state=paid,expired',
      'store=001',
      'warning=owed_to_customer',
      'from=2026-10-15',
      'q=S-2',
    ]) {
      const listed = await rows(`limit=200&${query}`)
      const totals = (await (await client.get(`/api/slips/totals?${query}`)).json()) as SlipTotals
      const sum = (of: (row: SlipRow) => number) => listed.reduce((total, row) => total + of(row), 0)
      expect([query, totals]).toEqual([
        query,
        {
          count: listed.length,
          amountYen: sum((row) => row.amountYen),
          depositedYen: sum((row) => row.depositedYen),
          owedYen: sum((row) => row.owedYen),
        },
      ])
      const file = await client.get(`/api/slips/export.csv?${query}`)
      const lines = (await file.text()).trim().split('\r\n')
      expect([query, file.status, lines.length - 1]).toEqual([query, 200, listed.length])
    }
  })

  test('writes words, days and amounts into its file', async () => {
    const text = await (await client.get('/api/slips/export.csv?q=S-3')).text()
    expect(text).toContain('払込票の状態')
    expect(text).toMatch(/S-3,山田 太郎,入金済,お客様へ要返金,ファミリーマート,20020、NUM-3,2026-10-15,5000,,5000,5000/)
  })
})

describe('verification', () => {
  test('finds the slips as the events say, and names a row that was changed behind the books', async () => {
    const { owner } = bff.deps.db
    expect((await verifyMerchant(owner, bff.merchantId)).differences).toEqual([])
    const paymentId = (await rowOf('S-2'))?.id ?? ''
    await owner.updateTable('convenienceStoreSlip').set({ owedYen: 7 }).where('paymentId', '=', paymentId).execute()
    const { differences } = await verifyMerchant(owner, bff.merchantId)
    expect(differences).toHaveLength(1)
    expect(JSON.stringify(differences)).toContain('convenience_store_slip.owed_yen is 7, the payment says 0')
  })
})
