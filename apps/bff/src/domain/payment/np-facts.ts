/** What is known of an NP postpaid payment beyond its money, folded from its events. Plain JSON: it is stored as it stands. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Yen } from '@choba/shared/money.ts'
import type { InvoiceDelivery, PaymentEvent, ScreeningResult } from './events.ts'

/** Days after which an approval lapses where no contract says. 90 stands in one cart's table, not in NP's own words: [assumed]. */
export const APPROVAL_DAYS = 90

export type NpPostpaidFacts = {
  readonly providerId: string | null
  /** Every NP transaction this sale ever was, oldest first: a lapse or an amount reduction makes a new one. */
  readonly npIds: readonly string[]
  /** When the order shall leave, as the shop plans. */
  readonly shipOn: BusinessDate | null
  readonly approvalDays: number
  readonly delivery: InvoiceDelivery
  readonly attempts: ReadonlyArray<{
    readonly result: ScreeningResult
    readonly reasons: readonly string[]
    readonly at: string
    readonly providerId: string
  }>
  readonly refusals: ReadonlyArray<{ readonly codes: readonly string[]; readonly at: string }>
  /** The latest answer to a registration was a refusal of its data. */
  readonly refused: boolean
  readonly shipment: {
    readonly carrierCode: string
    readonly slipNumber: string
    readonly at: string
    /** The day the parcel left, where the shop said one. */
    readonly shippedOn?: BusinessDate
  } | null
  readonly invoice: {
    readonly issuedOn: BusinessDate
    readonly dueOn: BusinessDate
    readonly inquiryNumber: string
    readonly reissue: number
  } | null
  readonly reminders: { readonly count: number; readonly lastOn: BusinessDate } | null
  readonly customerPayment: {
    readonly on: BusinessDate
    readonly place: string | null
    readonly store: string | null
  } | null
  readonly arrivalOn: BusinessDate | null
  /** The merchant and the customer disagree: NP does not pay until they agree. */
  readonly disputed: boolean
  /** An amount reduction after shipment that has begun: `withdrawnAt` once the old claim is cancelled and no new one stands. */
  readonly reduction: { readonly toYen: Yen; readonly withdrawnAt: string | null } | null
  readonly ended: 'cancelled' | 'expired' | null
  readonly endedAt: string | null
}

export const INITIAL_FACTS: NpPostpaidFacts = {
  providerId: null,
  npIds: [],
  shipOn: null,
  approvalDays: APPROVAL_DAYS,
  delivery: 'separate',
  attempts: [],
  refusals: [],
  refused: false,
  shipment: null,
  invoice: null,
  reminders: null,
  customerPayment: null,
  arrivalOn: null,
  disputed: false,
  reduction: null,
  ended: null,
  endedAt: null,
}

/** What the order said of screening and invoice when it was taken in. */
export function openFacts(event: Extract<PaymentEvent, { type: 'registered' }>): NpPostpaidFacts {
  const { shipOn = null, approvalDays = APPROVAL_DAYS, invoice = 'separate' } = event.npPostpaid ?? {}
  return { ...INITIAL_FACTS, shipOn, approvalDays, delivery: invoice }
}

export function evolveFacts(facts: NpPostpaidFacts, event: PaymentEvent, at: string): NpPostpaidFacts {
  switch (event.type) {
    case 'screening_decided': {
      const { result, reasons, providerId } = event
      return {
        ...withId(facts, providerId),
        refused: false,
        ended: null,
        endedAt: null,
        attempts: [...facts.attempts, { result, reasons, at, providerId }],
      }
    }
    case 'registration_refused':
      return { ...facts, refused: true, refusals: [...facts.refusals, { codes: event.codes, at }] }
    case 'ship_date_planned':
      return { ...facts, shipOn: event.shipOn }
    case 'approval_expired':
      return { ...facts, ended: 'expired', endedAt: at }
    case 'cancelled':
      return { ...facts, ended: 'cancelled', endedAt: at, reduction: null }
    case 'shipment_reported': {
      const { carrierCode, slipNumber, shippedOn } = event
      return { ...facts, shipment: { carrierCode, slipNumber, at, ...(shippedOn && { shippedOn }) } }
    }
    case 'invoice_issued': {
      const { issuedOn, dueOn, inquiryNumber, reissue, delivery } = event
      return { ...facts, invoice: { issuedOn, dueOn, inquiryNumber, reissue }, delivery: delivery ?? facts.delivery }
    }
    case 'reminded':
      return { ...facts, reminders: { count: event.count, lastOn: event.on } }
    case 'customer_paid':
      return { ...facts, customerPayment: { on: event.on, place: event.place, store: event.store } }
    case 'arrival_confirmed':
      return { ...facts, arrivalOn: event.on }
    case 'dispute_opened':
      return { ...facts, disputed: true }
    case 'dispute_closed':
      return { ...facts, disputed: false }
    case 'reduction_begun':
      return { ...facts, reduction: { toYen: event.toYen, withdrawnAt: null } }
    case 'claim_withdrawn':
      return { ...facts, reduction: { toYen: facts.reduction?.toYen ?? event.toYen, withdrawnAt: at } }
    case 'reduction_dropped':
      return { ...facts, reduction: null }
    case 'registered_again':
      // NP takes the new transaction as shipped already; its invoice and arrival are told anew. An invoice in a parcel
      // that has left cannot be replaced there: the new one is mailed.
      return {
        ...withId(facts, event.providerId),
        delivery: facts.delivery === 'bundled' ? 'separate' : facts.delivery,
        reduction: null,
        invoice: null,
        reminders: null,
        arrivalOn: null,
      }
    default:
      return facts
  }
}

function withId(facts: NpPostpaidFacts, providerId: string): NpPostpaidFacts {
  const npIds = facts.npIds.includes(providerId) ? facts.npIds : [...facts.npIds, providerId]
  return { ...facts, providerId, npIds }
}

export function latestResult(facts: NpPostpaidFacts): ScreeningResult | undefined {
  return facts.attempts.at(-1)?.result
}
