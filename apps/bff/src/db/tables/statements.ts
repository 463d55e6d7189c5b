/** Closings as providers state them. Amounts in yen, days are Tokyo's. */
import type { StatementSource } from '@choba/shared/filters/payouts.ts'
import type { Generated } from 'kysely'

type Day = string

export interface StatementTable {
  merchantId: string
  statementId: string
  connectionId: string
  shopId: string
  statementNumber: string
  method: string
  closingOn: Day
  payOn: Day
  /** Sales less what was taken back of them. */
  grossYen: number
  feeYen: number
  taxYen: number
  /** Adjustments and what is carried over. */
  otherYen: number
  transferYen: number
  lines: number
  state: 'closed' | 'paid'
  paidOn: Day | null
  source: StatementSource
  /** The issuer's number for qualified invoices. */
  issuerNumber: string | null
}

export interface StatementLineTable {
  merchantId: string
  statementId: string
  line: number
  kind: string
  paymentId: string | null
  /** Empty, like the order number, on a line of the statement itself. */
  providerId: string
  orderNumber: string
  note: Generated<string>
  grossYen: number
  feeYen: number
  feeTaxYen: number
  transferYen: number
  /** Of a month's own fee: its month (`YYYY-MM`), and how often it has been carried so far. */
  feeMonth: string | null
  carried: number | null
}

/** The fees of a line as printed; they add up to the line's. */
export interface StatementFeeTable {
  merchantId: string
  statementId: string
  line: number
  part: number
  kind: string
  taxClass: string
  amountYen: number
  taxYen: number
}
