import { businessDate } from '@choba/shared/dates.ts'
import type { FeeTerms, Term } from '@choba/shared/terms.ts'
import { expect, test } from 'vitest'
import type { Expected } from './due.queries.ts'
import { add, emptyClosing } from './expected-closing.ts'
import type { LastClosing } from './fixed-fees.queries.ts'
import { withFixedFees } from './fixed-fees.service.ts'

const FEES: FeeTerms = {
  plan: 'custom',
  rateBp: 0,
  perPaymentYen: 0,
  perInvoiceYen: 0,
  perBundledInvoiceYen: 0,
  monthlyYen: 1_000,
  carryMost: 4,
  taxClass: { rate: 'non_taxable', invoice: 'taxable10', monthly: 'taxable10' },
  lines: 'separate',
}
const CONTRACT = { shopId: 's', method: 'card', connectionId: 'c' }
const LAST: LastClosing = { ...CONTRACT, closedOn: '2026-08-31', carried: [] }

function terms(cycle: 'month_end' | 'semi_monthly', fees = FEES): Term[] {
  const common = { shopId: 's', method: 'card', validFrom: '2020-01-01', assumed: false }
  return [
    { ...common, kind: 'closing', value: { cycle, roll: 'none' } },
    { ...common, kind: 'fees', value: fees },
  ]
}
function due(closingOn: string, grossYen: number): Expected {
  const days = { closingOn: businessDate(closingOn), payOn: businessDate(closingOn) }
  return add(emptyClosing(CONTRACT, days), { count: 1, grossYen, feeYen: 0, taxYen: 0 })
}
function expected(of: readonly Term[], closings: readonly Expected[], last = LAST, today = '2026-10-20'): string[] {
  return withFixedFees({ terms: of, calendar: { holidays: new Set() } }, closings, [last], () =>
    businessDate(today),
  ).map((closing) => {
    const fees = closing.fixedFees.map(({ month, state, carried }) => `${month} ${state} ${carried}`)
    return [`${closing.closingOn} ${closing.grossYen} ${closing.transferYen}`, ...fees].join(' | ')
  })
}

test('closings whose statements have not come are followed one after the other', () => {
  expect(expected(terms('month_end'), [due('2026-09-30', 500), due('2026-10-31', 9_000)])).toEqual([
    '2026-09-30 500 500 | 2026-09 carried 1',
    '2026-10-31 9000 6800 | 2026-09 deducted 1 | 2026-10 deducted 0',
  ])
})

test('what the last statement carried stands at the head of the next closing', () => {
  const last = { ...LAST, carried: [{ month: '2026-08', owedYen: 1_100, carried: 4 }] }
  expect(expected(terms('month_end'), [], last, '2026-09-10')).toEqual([
    '2026-09-30 0 0 | 2026-08 invoiced 4 | 2026-09 carried 1',
  ])
})

test('of two closings a month the last one takes the fee', () => {
  expect(
    expected(terms('semi_monthly'), [due('2026-09-15', 5_000), due('2026-09-30', 2_000)], LAST, '2026-09-20'),
  ).toEqual(['2026-09-15 5000 5000', '2026-09-30 2000 900 | 2026-09 deducted 0'])
})

test('refunds that exceed a past closing wait for the next, and its fixed fee is carried', () => {
  expect(expected(terms('month_end'), [due('2026-09-30', -700), due('2026-10-31', 9_000)])).toEqual([
    '2026-09-30 0 0 | 2026-09 carried 1',
    '2026-10-31 8300 6100 | 2026-09 deducted 1 | 2026-10 deducted 0',
  ])
})

test('a month that a statement has stated is charged no second time for a sale that it left out', () => {
  expect(expected(terms('month_end'), [due('2026-08-31', 300)], LAST, '2026-09-10')).toEqual([
    '2026-08-31 300 300',
    '2026-09-30 0 0 | 2026-09 carried 1',
  ])
})

test('without a monthly fee nothing is expected where nothing is due', () => {
  expect(expected(terms('month_end', { ...FEES, monthlyYen: 0 }), [])).toEqual([])
  expect(expected(terms('month_end', { ...FEES, monthlyYen: 0 }), [due('2026-10-31', 500)])).toEqual([
    '2026-10-31 500 500',
  ])
})
