import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakEvenYen, PLAN_PRICES, planOf, PLANS, planTerms } from '@choba/shared/fee-plans.ts'
import { type FeeTerms, type Term, termIn } from '@choba/shared/terms.ts'
import { feesOf, feeWithTaxYen, monthlyFeeOf } from './fees.ts'

/** NP's plan A as its statements charged it before April 2025: one column, taxed as a whole. */
const BEFORE: FeeTerms = {
  plan: 'A',
  rateBp: 500,
  perPaymentYen: 0,
  perInvoiceYen: 190,
  perBundledInvoiceYen: 120,
  monthlyYen: 0,
  taxClass: { rate: 'taxable10', invoice: 'taxable10', monthly: 'taxable10' },
  lines: 'single',
}
const SINCE: FeeTerms = {
  ...BEFORE,
  lines: 'separate',
  taxClass: { rate: 'non_taxable', invoice: 'taxable10', monthly: 'taxable10' },
}

describe('the fees of a sale', () => {
  test('the worked example: 5 % of 11,000 and 190 for the invoice are 740, and 74 of tax', () => {
    expect(feesOf(BEFORE, { amountYen: 11_000, invoice: 'separate' })).toEqual([
      { kind: 'rate', taxClass: 'taxable10', amountYen: 740, taxYen: 74 },
    ])
  })

  test('since the break each fee stands for itself, with its own tax class', () => {
    expect(feesOf(SINCE, { amountYen: 11_000, invoice: 'separate' })).toEqual([
      { kind: 'rate', taxClass: 'non_taxable', amountYen: 550, taxYen: 0 },
      { kind: 'postage', taxClass: 'taxable10', amountYen: 190, taxYen: 19 },
    ])
    expect(feesOf(SINCE, { amountYen: 11_000, invoice: 'bundled' })[1]).toMatchObject({ amountYen: 120, taxYen: 12 })
    expect(feesOf(SINCE, { amountYen: 11_000, invoice: null })).toHaveLength(1)
  })

  test('drops fractions of a yen, of the fee and of its tax', () => {
    expect(feesOf(BEFORE, { amountYen: 1_999, invoice: 'separate' })).toMatchObject([{ amountYen: 289, taxYen: 28 }])
  })

  test('a fixed fee for each payment is the same whatever was sold', () => {
    const store: FeeTerms = { ...BEFORE, rateBp: 0, perPaymentYen: 190, perInvoiceYen: 0, lines: 'separate' }
    for (const amountYen of [1, 50_000])
      expect(feesOf(store, { amountYen, invoice: null })).toEqual([
        { kind: 'per_payment', taxClass: 'taxable10', amountYen: 190, taxYen: 19 },
      ])
  })

  test('no line charges nothing, none is negative, and a larger sale never costs less', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), fc.nat(9_999), fc.constantFrom(BEFORE, SINCE), (amountYen, more, terms) => {
        const fees = feesOf(terms, { amountYen, invoice: 'separate' })
        expect(fees.every((fee) => fee.amountYen > 0 && fee.taxYen >= 0)).toBe(true)
        const larger = feesOf(terms, { amountYen: amountYen + more, invoice: 'separate' })
        expect(feeWithTaxYen(larger)).toBeGreaterThanOrEqual(feeWithTaxYen(fees))
      }),
    )
  })
})

describe('terms by day', () => {
  const place = { shopId: 's', method: 'np_postpaid' }
  const term = (validFrom: string, value: FeeTerms): Term => ({
    ...place,
    kind: 'fees',
    validFrom,
    value,
    assumed: false,
  })

  test('a change takes effect from its day only, however late it is written down', () => {
    const before = [term('2020-01-01', BEFORE)]
    const after = [term('2025-04-01', SINCE), ...before]
    expect(termIn(after, 'fees', { ...place, on: '2025-03-31' })).toEqual(BEFORE)
    expect(termIn(after, 'fees', { ...place, on: '2025-04-01' })).toEqual(SINCE)
    expect(termIn(after, 'fees', { ...place, on: '2019-12-31' })).toBeUndefined()
  })

  test('whatever is added from a day on, every day before reads as it did', () => {
    expect.hasAssertions()
    const day = fc
      .integer({ min: 0, max: 2_000 })
      .map((n) => new Date(Date.UTC(2022, 0, 1 + n)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 6 }), day, day, (days, added, on) => {
        const terms = days.map((from, index) => term(from, { ...BEFORE, rateBp: index }))
        const later = [...terms, term(added, { ...BEFORE, rateBp: 999 })]
        if (on < added) expect(termIn(later, 'fees', { ...place, on })).toEqual(termIn(terms, 'fees', { ...place, on }))
      }),
    )
  })
})

describe('plans', () => {
  test('break even where the monthly fee meets what the lower rate saves', () => {
    const { A, B, C, D } = PLAN_PRICES
    expect([breakEvenYen(A, B), breakEvenYen(B, C), breakEvenYen(C, D)]).toEqual([833_334, 1_875_000, 4_000_000])
    expect(breakEvenYen(B, A)).toBeNull()
  })

  test('are told by their prices, and what fits none is the merchant’s own', () => {
    for (const plan of PLANS) expect(planOf(planTerms(plan, BEFORE))).toBe(plan)
    expect(planOf({ rateBp: 412, monthlyYen: 0 })).toBe('custom')
  })

  test('charge their monthly fee with its own tax class, and none where it is free', () => {
    expect(monthlyFeeOf(planTerms('C', SINCE))).toEqual({
      kind: 'monthly',
      taxClass: 'taxable10',
      amountYen: 20_000,
      taxYen: 2_000,
    })
    expect(monthlyFeeOf(BEFORE)).toBeUndefined()
  })
})
