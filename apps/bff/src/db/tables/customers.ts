/** Customers and how their orders are numbered. Sums in yen, kept by the trigger of the payment table. */
import type { GeneratedAlways } from 'kysely'

export interface CustomerTable {
  merchantId: string
  customerId: string
  name: string
  kana: string
  phone: string
  email: string
  payments: number
  amountYen: number
  capturedYen: number
  refundedYen: number
  /** NP postpaid that its customer has not paid: what counts against the limit. */
  openYen: number
  firstOrderedAt: Date
  lastOrderedAt: Date
  phoneDigits: GeneratedAlways<string>
  nameKey: GeneratedAlways<string>
  kanaKey: GeneratedAlways<string>
}

export interface OrderNumberingTable {
  merchantId: string
  shopId: string
  prefix: string
  nextNumber: number
  digits: number
}
