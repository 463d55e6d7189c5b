/** What can happen to a payment. Money events are common to all methods; facts belong to one. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Yen } from '@choba/shared/money.ts'
import type { TaxClass } from '@choba/shared/tax-classes.ts'

/** A sale split by consumption tax rate; `amountYen` includes `taxYen`. */
export type TaxLine = { readonly rateBp: number; readonly amountYen: Yen; readonly taxYen: Yen }

/** One fee of a settlement line as the provider printed it; tax is never recomputed. */
export type FeeLine = {
  readonly kind: 'rate' | 'postage' | 'per_payment' | 'monthly' | 'other'
  readonly taxClass: TaxClass
  readonly amountYen: Yen
  readonly taxYen: Yen
}

/** Where a past sale came from, and what the file says of it beside its money. */
export type Imported = {
  readonly runId: string
  /** How many events the file made of it: a payment with more has gone on since. */
  readonly events: number
  readonly providerId: string | null
  readonly slipNumber: string | null
}

type CommonEvent =
  | {
      readonly type: 'registered'
      readonly shopId: string
      readonly method: string
      readonly orderNumber: string
      readonly orderBranch: number
      readonly amountYen: Yen
      readonly taxes: readonly TaxLine[]
      readonly site: string
      readonly billingMethod: string
      readonly connectionMethod: string
      readonly connectionId: string
      /** The claim of the same order whose place this one takes. */
      readonly replaces?: string
      /** NP postpaid only: what the order said of its invoice and its shipping day, and how long an approval holds. */
      readonly npPostpaid?: {
        readonly invoice?: 'separate' | 'bundled' | undefined
        readonly shipOn?: BusinessDate | undefined
        readonly approvalDays?: number | undefined
      }
      /** A past sale that a file told of: no provider was asked, and none is. */
      readonly imported?: Imported
    }
  /** A later claim of the same order took this one's place: another slip, or another authorization. */
  | { readonly type: 'replaced'; readonly paymentId: string; readonly orderBranch: number; readonly toYen: Yen }
  /** The provider refused the data or the customer's means; `codes` are its own. */
  | { readonly type: 'registration_refused'; readonly codes: readonly string[] }
  | { readonly type: 'amount_changed'; readonly fromYen: Yen; readonly toYen: Yen; readonly taxes: readonly TaxLine[] }
  /** A sale is booked: shipment (NP), capture (card), definite deposit (convenience store). */
  | { readonly type: 'captured'; readonly amountYen: Yen }
  | { readonly type: 'capture_reversed'; readonly amountYen: Yen }
  /** Deposited beyond the bill, or on a slip that was cancelled: owed to the customer. Negative when taken back. */
  | { readonly type: 'excess_received'; readonly amountYen: Yen }
  | { readonly type: 'refunded'; readonly amountYen: Yen }
  /** What was owed to the customer was transferred by the merchant's own bank. */
  | {
      readonly type: 'owed_returned'
      readonly returnId: string
      readonly amountYen: Yen
      readonly on: BusinessDate
      /** The bank's reference of the transfer. */
      readonly reference: string
    }
  | { readonly type: 'cancelled'; readonly by: 'merchant' | 'provider' }
  /**
   * A whole import is taken back: one for each of its events, the last first, booked on the day of the event it undoes;
   * the one of `registered` leaves a payment of nothing.
   */
  | {
      readonly type: 'import_undone'
      readonly of: 'registered' | 'captured' | 'refunded' | 'settled' | 'paid_out'
      readonly on: BusinessDate
      readonly amountYen: Yen
      readonly fees?: readonly FeeLine[]
    }
  | {
      readonly type: 'settled'
      /** Which of the payment's ids the line names; a sale registered again has more than one. */
      readonly providerId?: string
      readonly statementNumber: string
      readonly line: number
      readonly closingOn: BusinessDate
      readonly payOn: BusinessDate
      readonly grossYen: Yen
      readonly fees: readonly FeeLine[]
    }
  | {
      readonly type: 'paid_out'
      readonly statementNumber: string
      readonly paidOn: BusinessDate
      readonly amountYen: Yen
    }

/** How the invoice reaches the customer: mailed, in the parcel (wiz), or as a barcode by e-mail. */
export type InvoiceDelivery = 'separate' | 'bundled' | 'electronic'

export type ScreeningResult = 'approved' | 'on_hold' | 'rejected' | 'in_review'

type NpPostpaidEvent =
  | {
      readonly type: 'screening_decided'
      readonly providerId: string
      readonly result: ScreeningResult
      readonly reasons: readonly string[]
    }
  | { readonly type: 'approval_expired' }
  | {
      readonly type: 'shipment_reported'
      readonly carrierCode: string
      readonly slipNumber: string
      /** The day the parcel left, where the shop said one: it decides nothing, the day of the report does. */
      readonly shippedOn?: BusinessDate
    }
  | {
      readonly type: 'invoice_issued'
      readonly issuedOn: BusinessDate
      readonly dueOn: BusinessDate
      readonly inquiryNumber: string
      readonly reissue: number
      /** Where NP says another way than the order did. */
      readonly delivery?: InvoiceDelivery
    }
  | { readonly type: 'reminded'; readonly count: number; readonly on: BusinessDate }
  | {
      readonly type: 'customer_paid'
      readonly on: BusinessDate
      readonly place: string | null
      readonly store: string | null
    }
  | { readonly type: 'arrival_confirmed'; readonly on: BusinessDate }
  /** Names of what was corrected; the words themselves stand in the order sheet, where they can be erased. */
  | { readonly type: 'order_corrected'; readonly fields: readonly string[] }
  | { readonly type: 'ship_date_planned'; readonly shipOn: BusinessDate | null }
  | { readonly type: 'dispute_opened' }
  | { readonly type: 'dispute_closed' }
  /** A smaller amount after shipment: the claim is cancelled, then registered again (np-postpaid 1.7). */
  | { readonly type: 'reduction_begun'; readonly toYen: Yen }
  | { readonly type: 'claim_withdrawn'; readonly providerId: string; readonly toYen: Yen }
  | {
      readonly type: 'registered_again'
      readonly providerId: string
      readonly baseProviderId: string
      readonly amountYen: Yen
    }
  /** Nothing was cancelled after all; the old claim stands. */
  | { readonly type: 'reduction_dropped' }

type CardEvent = {
  readonly type: 'authorized'
  readonly providerId: string
  readonly transactionId: string | null
  readonly brand: string | null
}

type ConvenienceStoreEvent =
  | {
      readonly type: 'slip_issued'
      readonly providerId: string
      readonly transactionId: string | null
      readonly store: string
      /** What the customer shows at the till; the meaning differs by store. */
      readonly numbers: readonly string[]
      readonly payBy: BusinessDate
    }
  | { readonly type: 'deposit_reported'; readonly certainty: 'preliminary' | 'definite'; readonly totalYen: Yen }
  | { readonly type: 'slip_expired' }

export type PaymentEvent = CommonEvent | NpPostpaidEvent | CardEvent | ConvenienceStoreEvent
export type EventType = PaymentEvent['type']

/** An event with the instant at which it happened by the provider's or the shop's clock. */
export type Dated<E = PaymentEvent> = { readonly at: string; readonly event: E }
