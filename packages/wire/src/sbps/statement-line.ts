import type { BusinessDate } from '@choba/shared/dates.ts'
import type { StatementFee, StatementLine } from '../statement/line.ts'
import type { SbpsPayMethod } from './statements.ts'

export const SBPS_LINE_KINDS = ['sale', 'cancellation', 'monthly_fee', 'carry_over', 'invoiced'] as const
type SbpsLineKind = (typeof SBPS_LINE_KINDS)[number]
export type SbpsFeeKind = 'rate' | 'per_payment' | 'monthly'

/** The month (`YYYY-MM`) of a fixed fee, and how often it has been carried so far. */
export type SbpsFixedFee = { readonly month: string; readonly carried: number }

/**
 * A sale, or a refund with every amount negative; or a line of the statement itself: a month's own fee has gross 0, and
 * what is carried or invoiced is gross without fees, tax included: positive where this closing does not take it,
 * negative where it takes what an earlier one carried here.
 */
export type SbpsStatementLine = StatementLine & {
  readonly kind: SbpsLineKind
  readonly payMethod: SbpsPayMethod
  /** Empty, like the order number, on a line of the statement itself. */
  readonly trackingId: string
  readonly orderNumber: string
  readonly soldOn: BusinessDate | null
  readonly fees: ReadonlyArray<StatementFee<SbpsFeeKind>>
  readonly fixedFee: SbpsFixedFee | null
  readonly note: string
}
