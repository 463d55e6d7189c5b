import fc from 'fast-check'
import { yen } from '@choba/shared/money.ts'
import type { FeeTerms } from '@choba/shared/terms.ts'
import { expect, test } from 'vitest'
import { type FixedFee, fixedFeeOf, settleFixedFees, sumOf } from './fixed-fees.ts'

const STORE: FeeTerms = {
  plan: 'custom',
  rateBp: 0,
  perPaymentYen: 190,
  perInvoiceYen: 0,
  perBundledInvoiceYen: 0,
  monthlyYen: 3_000,
  carryMost: 4,
  taxClass: { rate: 'taxable10', invoice: 'taxable10', monthly: 'taxable10' },
  lines: 'single',
}

function months(availables: readonly number[], carryMost = 4) {
  let owed: FixedFee[] = []
  return availables.map((available, index) => {
    const month = `2026-${String(index + 1).padStart(2, '0')}`
    const settled = settleFixedFees([...owed, fixedFeeOf(STORE, month) as FixedFee], yen(available), carryMost)
    owed = settled.filter((fee) => fee.state === 'carried')
    return settled.map(({ month: of, state, carried }) => `${of} ${state} ${carried}`)
  })
}

test('the worked example: 3,000 and its tax, carried in a month that sold little, deducted with the next month’s', () => {
  expect(fixedFeeOf(STORE, '2026-01')).toEqual({ month: '2026-01', owedYen: 3_300, carried: 0 })
  // January left 1,872 (2,081 less 190 and its 19); February 9,791, of which 6,600 go to both months' fees.
  expect(months([1_872, 9_791])).toEqual([['2026-01 carried 1'], ['2026-01 deducted 1', '2026-02 deducted 0']])
})

test('a fee that is carried four times and finds nothing a fifth time is invoiced', () => {
  expect(months([0, 0, 0, 0, 0]).map(([oldest]) => oldest)).toEqual([
    '2026-01 carried 1',
    '2026-01 carried 2',
    '2026-01 carried 3',
    '2026-01 carried 4',
    '2026-01 invoiced 4',
  ])
  expect(months([0], 0)).toEqual([['2026-01 invoiced 0']])
})

test('the oldest fee is set off first, and one that does not fit is not set off in part', () => {
  expect(months([0, 5_000])).toEqual([['2026-01 carried 1'], ['2026-01 deducted 1', '2026-02 carried 1']])
  expect(months([3_299])).toEqual([['2026-01 carried 1']])
  expect(months([3_300])).toEqual([['2026-01 deducted 0']])
  expect(months([-500])).toEqual([['2026-01 carried 1']])
})

test('a contract without a monthly fee owes none', () => {
  expect(fixedFeeOf({ ...STORE, monthlyYen: 0 }, '2026-01')).toBeUndefined()
})

const owedFees = fc.uniqueArray(
  fc.record({ month: fc.integer({ min: 1, max: 12 }), owed: fc.integer({ min: 1, max: 9_999 }), carried: fc.nat(4) }),
  { selector: (fee) => fee.month },
)

test('every fee is deducted, carried or invoiced, never more than there is, never carried more often than agreed', () => {
  fc.assert(
    fc.property(owedFees, fc.integer({ min: -20_000, max: 60_000 }), fc.nat(4), (rows, available, most) => {
      const fees = rows.map(({ month, owed, carried }) => ({
        month: `2026-${String(month).padStart(2, '0')}`,
        owedYen: yen(owed),
        carried,
      }))
      const settled = settleFixedFees(fees, yen(available), most)
      expect(sumOf(settled, 'deducted') + sumOf(settled, 'carried') + sumOf(settled, 'invoiced')).toBe(
        fees.reduce((sum, fee) => sum + fee.owedYen, 0),
      )
      expect(sumOf(settled, 'deducted')).toBeLessThanOrEqual(Math.max(0, available))
      expect(settled.every((fee) => fee.state !== 'carried' || fee.carried <= most)).toBe(true)
      // What is deducted is older than everything that is not.
      const firstLeft = settled.findIndex((fee) => fee.state !== 'deducted')
      expect(firstLeft < 0 || settled.slice(firstLeft).every((fee) => fee.state !== 'deducted')).toBe(true)
    }),
  )
})

test('over any run of months every fee ends once, or is still being carried', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9_000), { minLength: 1, maxLength: 12 }), (availables) => {
      const all = months(availables).flat()
      for (let month = 1; month <= availables.length; month++) {
        const name = `2026-${String(month).padStart(2, '0')}`
        const told = all.filter((text) => text.startsWith(name))
        const ends = told.filter((text) => !text.includes('carried'))
        expect(ends.length).toBeLessThanOrEqual(1)
        expect(told.length - ends.length).toBeLessThanOrEqual(4)
        expect(told.length).toBeGreaterThan(0)
      }
    }),
  )
})
