import fc from 'fast-check'
import { expect, test } from 'vitest'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { TAX_CLASSES } from '@choba/shared/tax-classes.ts'
import type { JournalDraft } from './journal.ts'
import { postClosedLine, postPaidLine, type StatementOwnLine } from './statement-journal.ts'

const CLOSED = businessDate('2026-11-27')
const PAID = businessDate('2026-12-04')
const monthly: StatementOwnLine = {
  kind: 'monthly_fee',
  method: 'np_postpaid',
  grossYen: 0,
  fees: [{ kind: 'monthly', taxClass: 'taxable10', amountYen: yen(5_000), taxYen: yen(500) }],
  transferYen: -5_500,
}

function amounts(draft: JournalDraft | undefined): Record<string, number> {
  return Object.fromEntries((draft?.lines ?? []).map((line) => [line.account, line.amountYen]))
}

test('a monthly fee is a cost with its tax, and lessens what NP owes', () => {
  expect(amounts(postClosedLine(monthly, CLOSED))).toEqual({ fees: 5_000, input_tax: 500, receivable: -5_500 })
  expect(amounts(postPaidLine(monthly, PAID))).toEqual({ bank: -5_500, receivable: 5_500 })
})

test('an adjustment goes to its own account; what is carried over touches neither income nor cost', () => {
  const adjustment: StatementOwnLine = { ...monthly, kind: 'adjustment', grossYen: 300, fees: [], transferYen: 300 }
  expect(amounts(postClosedLine(adjustment, CLOSED))).toEqual({ adjustments: -300, receivable: 300 })
  const carried: StatementOwnLine = { ...monthly, kind: 'carry_over', grossYen: -800, fees: [], transferYen: -800 }
  expect(postClosedLine(carried, CLOSED)).toBeUndefined()
  expect(amounts(postPaidLine(carried, PAID))).toEqual({ bank: -800, receivable: 800 })
})

test('a fee that is carried is owed until a later closing takes it, or is a debt once it is invoiced', () => {
  const carried = {
    ...monthly,
    method: 'card',
    kind: 'carry_over' as const,
    fees: [],
    grossYen: 5_500,
    transferYen: 5_500,
  }
  const invoiced = { ...carried, kind: 'invoiced' as const }
  expect(amounts(postPaidLine(carried, PAID))).toEqual({ bank: 5_500, receivable: -5_500 })
  expect(postClosedLine(invoiced, CLOSED)?.lines).toEqual([
    { account: 'receivable', subAccount: 'card', taxClass: null, amountYen: 5_500 },
    { account: 'payables', subAccount: 'card', taxClass: null, amountYen: -5_500 },
  ])
  expect(amounts(postPaidLine(invoiced, PAID))).toEqual({ bank: 5_500, receivable: -5_500 })
})

test('every entry balances, and the receivable is nothing once a line is paid', () => {
  const fee = fc.record({
    kind: fc.constantFrom('monthly' as const, 'other' as const),
    taxClass: fc.constantFrom(...TAX_CLASSES),
    amountYen: fc.integer({ min: -9_999, max: 9_999 }).map(yen),
    taxYen: fc.integer({ min: -999, max: 999 }).map(yen),
  })
  fc.assert(
    fc.property(
      fc.constantFrom('monthly_fee' as const, 'adjustment' as const, 'invoiced' as const),
      fc.integer({ min: -9_999, max: 9_999 }),
      fc.array(fee, { maxLength: 3 }),
      (kind, grossYen, charged) => {
        const fees = kind === 'invoiced' ? [] : charged
        const transferYen = fees.reduce((rest, each) => rest - each.amountYen - each.taxYen, grossYen)
        const line = { kind, method: 'np_postpaid', grossYen, fees, transferYen }
        const entries = [postClosedLine(line, CLOSED), postPaidLine(line, PAID)].filter((entry) => entry !== undefined)
        let receivable = 0
        for (const entry of entries) {
          expect(entry.lines.reduce((sum, each) => sum + each.amountYen, 0)).toBe(0)
          for (const each of entry.lines) if (each.account === 'receivable') receivable += each.amountYen
        }
        expect(receivable).toBe(0)
      },
    ),
  )
})
