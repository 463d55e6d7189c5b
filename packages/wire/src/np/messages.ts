/** What travels between a merchant's system and NP, as typed values. Bytes: `encode-requests.ts` and `decode-requests.ts` one way, `answers.ts` the other. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Yen } from '@choba/shared/money.ts'

/** `02` invoice mailed separately, `03` invoice in the parcel (wiz). Which number is which is assumed. */
export const NP_SETTLEMENT_TYPES = ['02', '03'] as const
export type NpSettlementType = (typeof NP_SETTLEMENT_TYPES)[number]

export type NpAddressee = {
  name: string
  nameKana?: string | undefined
  companyName?: string | undefined
  departmentName?: string | undefined
  zipCode: string
  address: string
  tel: string
}
export type NpCustomer = NpAddressee & { email: string }
export type NpGoods = { name: string; priceYen: Yen; quantity: number }

export type NpTransaction = {
  shopTransactionId: string
  shopOrderDate: BusinessDate
  settlementType: NpSettlementType
  billedAmountYen: Yen
  siteName?: string | undefined
  siteUrl?: string | undefined
  customer: NpCustomer
  /** Absent = delivered to the customer. NP takes none for wiz. */
  destination?: NpAddressee | undefined
  goods: readonly NpGoods[]
}

/** Only what is given changes. `destination: null` removes it (assumed). */
export type NpTransactionChange = {
  npTransactionId: string
  shopOrderDate?: BusinessDate | undefined
  settlementType?: NpSettlementType | undefined
  billedAmountYen?: Yen | undefined
  customer?: Partial<NpCustomer> | undefined
  destination?: NpAddressee | null | undefined
  goods?: readonly NpGoods[] | undefined
}

export type NpShipment = {
  npTransactionId: string
  carrierCode: string
  slipNumber: string
  billIssuedOn?: BusinessDate | undefined
}

export type NpReregistration = {
  baseNpTransactionId: string
  shopTransactionId: string
  shopOrderDate: BusinessDate
  billedAmountYen: Yen
  goods: readonly NpGoods[]
}

/** A transaction is asked for by NP's id, or (inferred) by the shop's own when the answer that carried NP's id was lost. */
export type NpReference = { npTransactionId: string } | { shopTransactionId: string }

export type NpScreeningOutcome =
  | { result: 'approved' }
  | { result: 'on_hold'; holdReasons: readonly string[] }
  | { result: 'rejected'; ngReason: string }
  | { result: 'in_review' }

export type NpScreening = {
  shopTransactionId: string
  npTransactionId: string
  outcome: NpScreeningOutcome
  /** When the result was fixed; absent while under review. */
  decidedAt?: Date | undefined
}

export type NpReregistered = {
  baseNpTransactionId: string
  shopTransactionId: string
  npTransactionId: string
  salesDate?: BusinessDate | undefined
}
export type NpDone = { npTransactionId: string }

export const NP_PAYMENT_PLACES = ['convenience_store', 'bank', 'post_office'] as const
export type NpPaymentPlace = (typeof NP_PAYMENT_PLACES)[number]
export const NP_TRANSACTION_STATUSES = ['active', 'cancelled', 'expired'] as const
export type NpTransactionStatus = (typeof NP_TRANSACTION_STATUSES)[number]

/** How the invoice reaches the customer: by post, in the parcel, or as a bar code by e-mail. */
export const NP_BILL_DELIVERIES = ['separate', 'bundled', 'electronic'] as const
export type NpBillDelivery = (typeof NP_BILL_DELIVERIES)[number]

/** `paid` and `customerPaidOn` are NP's; all the rest is assumed and absent where a provider does not send it. */
export type NpPaymentState = {
  npTransactionId: string
  paid: boolean
  customerPaidOn?: BusinessDate | undefined
  transactionStatus?: NpTransactionStatus | undefined
  paymentPlace?: NpPaymentPlace | undefined
  paymentStore?: string | undefined
  billIssuedOn?: BusinessDate | undefined
  billDueOn?: BusinessDate | undefined
  /** `akt` and 15 digits: what customers quote to the shop. */
  billInquiryNumber?: string | undefined
  billDelivery?: NpBillDelivery | undefined
  billReissueCount?: number | undefined
  reminderCount?: number | undefined
  lastRemindedOn?: BusinessDate | undefined
  arrivalConfirmedOn?: BusinessDate | undefined
  /** The closing of the replacement payment this transaction stands on. */
  closedOn?: BusinessDate | undefined
  /** True while the customer quarrels with the shop, false once that is settled, absent when there never was one. */
  disputed?: boolean | undefined
}

export type NpRowError = { id?: string | undefined; codes: readonly string[] }

/** What a call came to, on the merchant's side. */
export type NpAnswer<R> =
  | { kind: 'answered'; results: readonly R[]; errors: readonly NpRowError[] }
  | { kind: 'unauthorized'; errors: readonly NpRowError[] }
  | { kind: 'unavailable'; status: number }
  | { kind: 'unreadable'; status: number; path: string; problem: string }

/** What a request came to, on NP's side: refused as a whole, or judged row by row. */
export type NpRequest<T> = { kind: 'refused'; codes: readonly string[] } | { kind: 'rows'; rows: readonly NpRow<T>[] }
export type NpRow<T> = { ok: true; value: T } | { ok: false; id?: string | undefined; codes: readonly string[] }
