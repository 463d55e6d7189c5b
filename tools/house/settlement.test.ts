/** Card sales on the provider's statements: what was expected, what is stated, what is booked, to the yen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PayoutDetail, PayoutLine, PayoutRow } from '../../packages/shared/src/contracts/payouts.ts'
import type { FeeTerms } from '../../packages/shared/src/terms.ts'
import { openSettlementHouse, type SettlementHouse } from './settlement-house.ts'

const FEES: FeeTerms = {
  plan: 'custom',
  rateBp: 325,
  perPaymentYen: 10,
  perInvoiceYen: 0,
  perBundledInvoiceYen: 0,
  monthlyYen: 3_000,
  carryMost: 4,
  taxClass: { rate: 'non_taxable', perPayment: 'taxable10', invoice: 'taxable10', monthly: 'taxable10' },
  lines: 'separate',
}
const ACCOUNT = {
  card: { feeRateBp: 325, feePerPaymentYen: 10, monthlyFeeYen: 3_000, taxClasses: { perPayment: 'taxable10' } },
}
const TERMS = [
  { method: 'card', kind: 'closing', value: { cycle: 'month_end', roll: 'next' } },
  { method: 'card', kind: 'fees', value: FEES },
] as const

let house: SettlementHouse
async function open(): Promise<void> {
  house = await openSettlementHouse(ACCOUNT, TERMS)
}

/** Newest first, as the screen has them: `closing state gross fee tax other transfer carried`. */
async function payouts(query = ''): Promise<string[]> {
  const { items } = await house.get<{ items: PayoutRow[] }>(`/api/payouts${query}`)
  return items.map((row) =>
    [
      row.closingOn,
      row.state,
      row.grossYen,
      row.feeYen,
      row.taxYen,
      row.otherYen,
      row.transferYen,
      row.carried === null ? '-' : `${row.carried}/${row.carryMost}`,
    ].join(' '),
  )
}
async function detail(place = 0): Promise<{ payout: PayoutDetail; lines: PayoutLine[] }> {
  const { items } = await house.get<{ items: PayoutRow[] }>('/api/payouts')
  const id = items[place]?.id ?? ''
  const { items: lines } = await house.get<{ items: PayoutLine[] }>(`/api/payouts/${id}/lines`)
  return { payout: await house.get<PayoutDetail>(`/api/payouts/${id}`), lines }
}
async function receivable(): Promise<Record<string, number>> {
  const { rows } = await house.bff.deps.db.pool.query<{ account: string; amount: string }>(
    `select account, sum(amount_yen) as amount from posting where merchant_id = $1 group by account`,
    [house.bff.merchantId],
  )
  return Object.fromEntries(rows.map(({ account, amount }) => [account, Number(amount)]))
}

describe('a month that sells little, and the one after it', () => {
  beforeAll(open)
  afterAll(() => house.close())

  test('what is expected carries the fixed fee that the sales do not cover', async () => {
    await house.goTo('2026-08-03')
    // From the first look on the month's own fee is expected, whether or not anything is sold.
    expect(await payouts()).toEqual(['2026-08-31 expected 0 3000 300 3300 0 1/4'])
    await house.sell(2_000)
    // 2,000 less 65 and 10 and its 1 are 1,924: less than 3,300.
    expect(await payouts()).toEqual(['2026-08-31 expected 2000 3075 301 3300 1924 1/4'])
  })

  test('the statement says the same, its own lines are matched and booked, and the books balance', async () => {
    const expected = await payouts()
    await house.goTo('2026-09-01')
    expect((await payouts('?state=closed')).map((text) => text.replace('closed', 'expected'))).toEqual(expected)
    const { payout, lines } = await detail(1)
    expect(payout.comparison?.findings).toMatchObject({ matched: 3, own: 0 })
    expect(payout.fixedFees).toEqual([{ month: '2026-08', owedYen: 3_300, carried: 1, most: 4, state: 'carried' }])
    expect(payout.waterfall.map((step) => [step.kind, step.feeKind, step.amountYen])).toEqual([
      ['sales', null, 2_000],
      ['fee', 'monthly', -3_000],
      ['fee', 'per_payment', -10],
      ['fee', 'rate', -65],
      ['tax', null, -301],
      ['carry_over', null, 3_300],
      ['transfer', null, 1_924],
    ])
    expect(lines[0]?.paymentId).not.toBeNull()
    expect(await house.verify()).toEqual([])
  })

  test('the next month is expected to cover both, and does', async () => {
    await house.sell(10_000)
    // 10,000 less 325, 10 and 1 are 9,664, less 3,300 for this month and 3,300 of the one before.
    expect(await payouts('?state=expected')).toEqual(['2026-09-30 expected 10000 3335 301 -3300 3064 -'])
    await house.goTo('2026-10-01')
    expect(await payouts('?state=closed')).toEqual(['2026-09-30 closed 10000 3335 301 -3300 3064 -'])
    const { payout } = await detail(1)
    expect(payout.comparison?.findings).toMatchObject({ matched: 3, own: 0 })
    expect(payout.fixedFees.map(({ month, carried, state }) => `${month} ${state} ${carried}`)).toEqual([
      '2026-08 deducted 1',
      '2026-09 deducted 0',
    ])
  })

  test('once both are paid the provider owes nothing but the month that runs, and the bank has what was transferred', async () => {
    await house.goTo('2026-11-02')
    expect((await payouts('?state=paid')).length).toBe(2)
    const books = await receivable()
    expect(books['bank']).toBe(1_924 + 3_064)
    // October's fee was closed without a sale: 3,300 that are carried.
    expect(books['receivable']).toBe(-3_300)
    expect(await house.verify()).toEqual([])
  })

  test('a refund after the payout is expected on the next closing, and set off there to the yen', async () => {
    const { items } = await house.get<{ items: Array<{ id: string; amountYen: number }> }>('/api/payments')
    const refunded = items.find((item) => item.amountYen === 10_000)?.id ?? ''
    await house.refund(refunded, 4_000)
    await house.sell(20_000)
    // 20,000 − 650 − 11, less 4,000 − 130 that go back, less November's and October's fees.
    const expected = '2026-11-30 expected 16000 3530 301 -3300 8869 -'
    expect(await payouts('?state=expected')).toEqual([expected])
    await house.goTo('2026-12-01')
    expect((await payouts('?state=closed'))[0]).toBe(expected.replace('expected', 'closed'))
    const { payout, lines } = await detail(1)
    expect(payout.comparison?.findings).toEqual({
      matched: 4,
      own: 0,
      amount_differs: 0,
      fee_differs: 0,
      twice: 0,
      unknown: 0,
    })
    expect(lines.find((line) => line.kind === 'cancellation')).toMatchObject({
      paymentId: refunded,
      grossYen: -4_000,
      feeYen: -130,
      expectedFeeYen: -130,
    })
    // What is stated is due no more.
    expect(await payouts('?state=expected')).toEqual(['2026-12-31 expected 0 3000 300 3300 0 1/4'])
    expect(await house.verify()).toEqual([])
  })

  test('terms that say another fee than the statement are found on its line', async () => {
    await house.bff.deps.db.owner
      .updateTable('contractTerm')
      .set({ value: JSON.stringify({ ...FEES, monthlyYen: 2_500 }) })
      .where('kind', '=', 'fees')
      .execute()
    const { payout, lines } = await detail(1)
    expect(payout.comparison?.findings).toMatchObject({ matched: 3, fee_differs: 1 })
    expect(lines.find((line) => line.finding === 'fee_differs')).toMatchObject({
      kind: 'monthly_fee',
      feeYen: 3_000,
      expectedFeeYen: 2_500,
    })
  })
})

describe('a statement that a person brings', () => {
  beforeAll(open)
  afterAll(() => house.close())

  type Preview = {
    problems: Array<{ line: number; column: string; problem: string }>
    findings: object
    totals: object
  }

  test('is compared and booked as the provider’s own would be, and is the same one when that comes', async () => {
    await house.goTo('2026-08-03')
    await house.sell(20_000)
    const expected = await payouts('?state=expected')
    await house.moveTo('2026-09-01')
    const { text, ...named } = await house.download()
    const body = {
      ...named,
      connectionId: house.connectionId,
      method: 'card',
      content: text.toString('base64'),
      mapping: {},
    }
    const other = await house.post<Preview>('/api/payouts/files/preview', { ...body, method: 'convenience_store' })
    expect(other.problems[0]).toEqual({ line: 2, column: '決済方法', problem: 'unknown_method' })
    const seen = await house.post<Preview>('/api/payouts/files/preview', body)
    expect(seen).toMatchObject({ problems: [], findings: { amount_differs: 0, unknown: 0 } })
    expect(await house.post('/api/payouts/files', body)).toEqual({ result: 'taken' })
    expect(await house.post('/api/payouts/files', body)).toEqual({ result: 'already' })
    const stated = await payouts('?state=closed')
    expect(stated).toEqual(expected.map((text) => text.replace('expected', 'closed')))
    await house.goTo('2026-09-02')
    expect(await payouts('?state=closed')).toEqual(stated)
    const { payout } = await detail(1)
    expect(payout.comparison?.findings).toMatchObject({ matched: 2, own: 0 })
    expect(await house.verify()).toEqual([])
  })

  test('columns of other names are read as a person says', async () => {
    await house.moveTo('2026-10-01')
    const { text, ...named } = await house.download()
    const renamed = new TextDecoder('shift_jis').decode(text).replace('処理トラッキングID', '取引番号')
    const content = Buffer.from(renamed).toString('base64')
    const body = { ...named, connectionId: house.connectionId, method: 'card', content, mapping: {} }
    const unread = await house.post<Preview>('/api/payouts/files/preview', body)
    expect(unread.problems).toEqual([{ line: 1, column: 'trackingId', problem: 'column_missing' }])
    const mapping = { trackingId: '取引番号' }
    expect(await house.post('/api/payouts/files/preview', { ...body, mapping })).toMatchObject({ problems: [] })
    expect(await house.post('/api/payouts/files', { ...body, mapping })).toEqual({ result: 'taken' })
    expect((await payouts('?state=closed'))[0]).toContain('2026-09-30 closed')
  })
})

describe('five months without a sale', () => {
  beforeAll(open)
  afterAll(() => house.close())

  test('a fee is carried four times, and the fifth closing hands it to an invoice, which is a debt', async () => {
    await house.goTo('2026-08-03')
    for (const day of ['2026-09-01', '2026-10-01', '2026-11-01', '2026-12-01']) await house.goTo(day)
    const fourth = await detail(1)
    expect(fourth.payout.fixedFees.map(({ month, carried, most, state }) => [month, carried, most, state])).toEqual([
      ['2026-08', 4, 4, 'carried'],
      ['2026-09', 3, 4, 'carried'],
      ['2026-10', 2, 4, 'carried'],
      ['2026-11', 1, 4, 'carried'],
    ])
    const expected = await payouts('?state=expected')
    expect(expected).toEqual(['2026-12-31 expected 0 3000 300 3300 0 4/4'])
    await house.goTo('2027-01-01')
    expect((await payouts('?state=closed'))[0]).toBe(expected[0]?.replace('expected', 'closed'))
    const fifth = await detail(1)
    expect(fifth.payout.fixedFees[0]).toMatchObject({ month: '2026-08', carried: 4, state: 'invoiced' })
    expect(fifth.payout.comparison?.findings).toMatchObject({ matched: 10, own: 0, amount_differs: 0 })
    expect(fifth.lines.map((line) => line.finding)).toEqual(Array.from({ length: 10 }, () => 'matched'))
    await house.goTo('2027-02-01')
    // Six fees of 3,300 with January's: one invoiced in December, one in January, four carried.
    expect(await receivable()).toEqual({
      fees: 18_000,
      input_tax: 1_800,
      payables: -6_600,
      receivable: -13_200,
      bank: 0,
    })
    expect(await house.verify()).toEqual([])
  })
})

describe('a month at stores', () => {
  beforeAll(async () => {
    house = await openSettlementHouse({}, [
      { method: 'convenience_store', kind: 'closing', value: { cycle: 'semi_monthly', roll: 'next' } },
      {
        method: 'convenience_store',
        kind: 'fees',
        value: {
          ...FEES,
          rateBp: 0,
          perPaymentYen: 190,
          monthlyYen: 0,
          taxClass: { ...FEES.taxClass, rate: 'taxable10' },
        },
      },
    ])
  })
  afterAll(() => house.close())

  test('each deposit is a line: a slip that is paid twice has two, one whose deposit is taken back has its refund', async () => {
    await house.goTo('2026-08-03')
    await house.sellAtStore(5_000, 'paynow')
    await house.sellAtStore(3_000, 'over')
    await house.sellAtStore(2_000, 'canceldefinite')
    for (let day = 4; day <= 15; day++) await house.goTo(`2026-08-${String(day).padStart(2, '0')}`)
    // Three deposits that stand, each charged 190 and 19; the fourth came and went.
    const [expected] = await payouts('?state=expected')
    expect(expected).toBe('2026-08-15 expected 11000 570 57 0 10373 -')
    await house.goTo('2026-08-16')
    expect((await payouts('?state=closed'))[0]).toBe(expected?.replace('expected', 'closed'))
    const { payout, lines } = await detail()
    expect(payout.comparison?.findings).toMatchObject({ matched: 5, amount_differs: 0, fee_differs: 0, twice: 0 })
    expect(lines.map((line) => `${line.kind} ${line.grossYen} ${line.feeYen}`).toSorted()).toEqual([
      'cancellation -2000 -190',
      'sale 2000 190',
      'sale 3000 190',
      'sale 3000 190',
      'sale 5000 190',
    ])
    expect(await house.verify()).toEqual([])
  })
})
