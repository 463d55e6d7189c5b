/** Tables of NP postpaid's lists, written by the ledger with each payment. Days are Tokyo's. */
import type { Generated } from 'kysely'

type Day = string

export interface NpPostpaidTable {
  merchantId: string
  paymentId: string
  shopId: string
  connectionId: string
  shipOn: Day | null
  screening: string
  attempts: number
  decidedAt: Date | null
  lapsesOn: Day | null
  reasons: string[]
  carrierCode: string | null
  slipNumber: string | null
  shippedOn: Day | null
  invoiceDelivery: string
  issuedOn: Day | null
  dueOn: Day | null
  inquiryNumber: string | null
  reissues: number
  reminders: number
  remindedOn: Day | null
  customerPaidOn: Day | null
  paidPlace: string | null
  paidStore: string | null
  arrivedOn: Day | null
  disputed: boolean
  statementNumber: string | null
  ended: string | null
  endedOn: Day | null
  withdrawnOn: Day | null
  npIds: string[]
}

export interface ScreeningTable {
  merchantId: string
  paymentId: string
  attempt: number
  shopId: string
  connectionId: string
  site: string
  result: string
  reasons: string[]
  decidedAt: Date
  npId: string | null
  /** What was billed when the attempt was made; filled in by the database. */
  amountYen: Generated<number>
}

export interface ProviderReferenceTable {
  merchantId: string
  connectionId: string
  providerId: string
  paymentId: string
}
