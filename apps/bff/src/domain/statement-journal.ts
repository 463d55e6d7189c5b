/**
 * The journal of what stands on a statement beside the payments: monthly fees, adjustments, what is carried over.
 * Together with the payments' own entries, the bank moves by exactly what the statement transfers.
 */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { negateYen, sumYen, type Yen, yen } from '@choba/shared/money.ts'
import type { JournalDraft, PostingLine } from './journal.ts'
import type { FeeLine } from './payment/events.ts'

export const STATEMENT_LINE_KINDS = [
  'sale',
  'cancellation',
  'monthly_fee',
  'adjustment',
  'carry_over',
  'invoiced',
] as const
export type StatementLineKind = (typeof STATEMENT_LINE_KINDS)[number]

export type StatementOwnLine = {
  readonly kind: StatementLineKind
  readonly method: string
  readonly grossYen: number
  readonly fees: readonly FeeLine[]
  readonly transferYen: number
}

/**
 * When it closes: fees as on a payment, an adjustment to its own account, and what is to be paid by invoice becomes a
 * debt. What is carried over is no income and no cost.
 */
export function postClosedLine(line: StatementOwnLine, closingOn: BusinessDate): JournalDraft | undefined {
  if (line.kind === 'carry_over') return undefined
  if (line.kind === 'invoiced')
    return draft('adjustment', closingOn, [
      receivable(line.method, yen(line.grossYen)),
      { account: 'payables', subAccount: line.method, taxClass: null, amountYen: negateYen(yen(line.grossYen)) },
    ])
  const charged = line.fees.flatMap((fee) => [
    posting('fees', fee.amountYen, fee.taxClass),
    posting('input_tax', fee.taxYen, fee.taxClass),
  ])
  const adjusted = yen(line.grossYen)
  const owed = sumYen([adjusted, ...charged.map((each) => negateYen(each.amountYen))])
  return draft(line.kind === 'monthly_fee' ? 'fee' : 'adjustment', closingOn, [
    ...charged,
    posting('adjustments', negateYen(adjusted), null),
    receivable(line.method, owed),
  ])
}

/** When it is paid: its part of the transfer. */
export function postPaidLine(line: StatementOwnLine, paidOn: BusinessDate): JournalDraft | undefined {
  const amountYen = yen(line.transferYen)
  return draft('payout', paidOn, [posting('bank', amountYen, null), receivable(line.method, negateYen(amountYen))])
}

function posting(account: PostingLine['account'], amountYen: Yen, taxClass: PostingLine['taxClass']): PostingLine {
  return { account, subAccount: null, taxClass, amountYen }
}

function receivable(method: string, amountYen: Yen): PostingLine {
  return { account: 'receivable', subAccount: method, taxClass: null, amountYen }
}

function draft(
  kind: JournalDraft['kind'],
  bookedOn: BusinessDate,
  lines: readonly PostingLine[],
): JournalDraft | undefined {
  const moving = lines.filter((line) => line.amountYen !== 0)
  return moving.length === 0 ? undefined : { kind, bookedOn, lines: moving }
}
