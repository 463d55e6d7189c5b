import type { AccountKind, ReturnState } from '@choba/shared/states/customer-return.ts'

/** One row per transfer of what is owed to a customer. Amounts in yen, days as `YYYY-MM-DD`. */
export interface CustomerReturnTable {
  merchantId: string
  returnId: string
  paymentId: string
  shopId: string
  amountYen: number
  state: ReturnState
  bankName: string
  branchName: string
  accountKind: AccountKind
  /** Sealed. */
  accountBox: string
  accountEnding: string
  accountHolder: string
  idempotencyKey: string
  /** The whole slip goes back, because another payment of the order is the sale. */
  paidTwice: boolean
  requestedBy: string
  requestedAt: Date
  paidOn: string | null
  reference: string | null
  endedBy: string | null
  endedAt: Date | null
}
