/** A line of a statement of replacement payments. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { StatementFee, StatementLine } from '../statement/line.ts'

/** `sale` and `cancellation` speak of a transaction (a cancellation gives back what an earlier statement paid); the others of the statement itself. */
export const NP_LINE_KINDS = ['sale', 'cancellation', 'monthly_fee', 'adjustment', 'carry_over'] as const
export type NpLineKind = (typeof NP_LINE_KINDS)[number]

export type NpFeeKind = 'rate' | 'postage' | 'monthly' | 'other'

/**
 * Each fee with its own tax class: since April 2025 they may differ on one line (np-postpaid 0.7). Assumed: the contract
 * of the day of the shipment report decides, and a month's own fee stands on the last closing of that month.
 */
export type NpStatementFee = StatementFee<NpFeeKind>

/**
 * A monthly fee has gross 0; an adjustment has its amount as gross (negative when NP takes it);
 * a carry-over is gross without fees: positive where a closing in the merchant's debt is carried forward (so that it
 * transfers 0), negative where the next statement takes it. All of this is assumed.
 */
export type NpStatementLine = StatementLine & {
  readonly kind: NpLineKind
  /** Empty on a line of the statement itself. */
  readonly npTransactionId: string
  readonly shopTransactionId: string
  readonly customerName: string
  /** Only the newer layout prints it. */
  readonly shippedOn: BusinessDate | null
  readonly fees: readonly NpStatementFee[]
  readonly note: string
}
