/**
 * NP postpaid as four regions side by side (np-postpaid section 1): screening, shipment and invoice, the customer's
 * payment, and the replacement payment, which lives in the common books. The sale is booked at the shipment report.
 */
import { addDays, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { subtractYen } from '@choba/shared/money.ts'
import { taxSplit } from '../tax.ts'
import type { Books } from './books.ts'
import type { PaymentEvent, ScreeningResult } from './events.ts'
import type { Decision, MethodDomain } from './method.ts'
import { NOTHING, refuse } from './method.ts'
import type { ProviderNews } from './news.ts'

/** Days after which an approval lapses. 90 stands in one cart's table, not in NP's own words: [assumed]. */
export const APPROVAL_DAYS = 90

export type NpPostpaidFacts = {
  readonly providerId: string | null
  readonly attempts: ReadonlyArray<{
    readonly result: ScreeningResult
    readonly reasons: readonly string[]
    readonly at: string
    readonly providerId: string
  }>
  readonly refusals: ReadonlyArray<{ readonly codes: readonly string[]; readonly at: string }>
  readonly shipment: { readonly carrierCode: string; readonly slipNumber: string; readonly at: string } | null
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
  readonly ended: 'cancelled' | 'expired' | null
}

type State = { readonly books: Books; readonly facts: NpPostpaidFacts }

export const npPostpaid: MethodDomain<NpPostpaidFacts> = {
  initial: {
    providerId: null,
    attempts: [],
    refusals: [],
    shipment: null,
    invoice: null,
    reminders: null,
    customerPayment: null,
    arrivalOn: null,
    ended: null,
  },

  evolve(facts, event, at) {
    switch (event.type) {
      case 'screening_decided': {
        const { result, reasons, providerId } = event
        return { ...facts, providerId, attempts: [...facts.attempts, { result, reasons, at, providerId }] }
      }
      case 'registration_refused':
        return { ...facts, refusals: [...facts.refusals, { codes: event.codes, at }] }
      case 'approval_expired':
        return { ...facts, ended: 'expired' }
      case 'cancelled':
        return { ...facts, ended: 'cancelled' }
      case 'shipment_reported':
        return { ...facts, shipment: { carrierCode: event.carrierCode, slipNumber: event.slipNumber, at } }
      case 'invoice_issued':
        return {
          ...facts,
          invoice: {
            issuedOn: event.issuedOn,
            dueOn: event.dueOn,
            inquiryNumber: event.inquiryNumber,
            reissue: event.reissue,
          },
        }
      case 'reminded':
        return { ...facts, reminders: { count: event.count, lastOn: event.on } }
      case 'customer_paid':
        return { ...facts, customerPayment: { on: event.on, place: event.place, store: event.store } }
      case 'arrival_confirmed':
        return { ...facts, arrivalOn: event.on }
      default:
        return facts
    }
  },

  decide(state, { at, news }): Decision {
    const { books, facts } = state
    switch (news.kind) {
      case 'screening':
        return decideScreening(facts, news)
      case 'refused':
        if (facts.providerId !== null) return refuse('payment.screened_already')
        // The same answer again; a later attempt that is refused alike has its own instant.
        if (facts.refusals.some((known) => known.at === at && known.codes.join() === news.codes.join())) return NOTHING
        return { events: [{ type: 'registration_refused', codes: news.codes }] }
      case 'amount_changed': {
        if (facts.shipment !== null) return refuse('payment.shipped_already')
        if (facts.ended !== null) return refuse('payment.ended')
        if (news.toYen === books.amountYen) return NOTHING
        return {
          events: [
            {
              type: 'amount_changed',
              fromYen: books.amountYen,
              toYen: news.toYen,
              taxes: taxSplit(books.taxes, news.toYen),
            },
          ],
        }
      }
      case 'shipment_accepted':
        if (facts.shipment !== null) return NOTHING
        if (latest(facts) !== 'approved' || facts.ended !== null) return refuse('payment.not_approved')
        return {
          events: [
            { type: 'shipment_reported', carrierCode: news.carrierCode, slipNumber: news.slipNumber },
            { type: 'captured', amountYen: books.amountYen },
          ],
        }
      case 'cancelled':
        return decideEnd(state, { type: 'cancelled', by: news.by })
      case 'np_status':
        return decideStatus(state, news)
      default:
        return refuse('news.not_for_this_method')
    }
  },

  standing({ books, facts }) {
    const status = statusOf(facts)
    const last = facts.attempts.at(-1)
    const refused = facts.attempts.length === 0 ? (facts.refusals.at(-1)?.codes ?? []) : []
    return {
      status,
      providerId: facts.providerId,
      transactionId: null,
      slipNumber: facts.shipment?.slipNumber ?? null,
      reasons: status === 'on_hold' || status === 'rejected' ? (last?.reasons ?? []) : refused,
      next: nextOf(facts, books, status),
      shipped: facts.shipment !== null,
      customerPaid: facts.customerPayment !== null,
      captureUntil: null,
      refundUntil: null,
    }
  },
}

function latest(facts: NpPostpaidFacts): ScreeningResult | undefined {
  return facts.attempts.at(-1)?.result
}

function decideScreening(facts: NpPostpaidFacts, news: Extract<ProviderNews, { kind: 'screening' }>): Decision {
  const last = facts.attempts.at(-1)
  const same =
    last?.providerId === news.providerId && last.result === news.result && last.reasons.join() === news.reasons.join()
  if (same || facts.ended !== null) return NOTHING
  if (facts.shipment !== null) return NOTHING // a screening result after the shipment report changes nothing any more
  return {
    events: [{ type: 'screening_decided', providerId: news.providerId, result: news.result, reasons: news.reasons }],
  }
}

/** A cancelled sale that was booked is given back in full; the guarantee ends with it. */
function decideEnd({ books, facts }: State, event: PaymentEvent): Decision {
  if (facts.ended !== null) return NOTHING
  if (facts.providerId === null) return refuse('payment.not_registered')
  const standing = subtractYen(books.capturedYen, books.refundedYen)
  return { events: standing > 0 ? [event, { type: 'refunded', amountYen: standing }] : [event] }
}

/** NP's answer to a poll is a snapshot; what it says that we did not know becomes events, in the order of a sale's life. */
function decideStatus(state: State, news: Extract<ProviderNews, { kind: 'np_status' }>): Decision {
  const { facts } = state
  const events: PaymentEvent[] = []
  const { invoice, arrivalOn, reminders, paid } = news
  if (invoice !== null && (facts.invoice === null || invoice.reissue > facts.invoice.reissue))
    events.push({ type: 'invoice_issued', ...invoice })
  if (arrivalOn !== null && facts.arrivalOn === null) events.push({ type: 'arrival_confirmed', on: arrivalOn })
  if (reminders !== null && reminders.count > (facts.reminders?.count ?? 0))
    events.push({ type: 'reminded', count: reminders.count, on: reminders.lastOn })
  if (paid !== null && facts.customerPayment === null) events.push({ type: 'customer_paid', ...paid })
  if (news.state !== 'active' && facts.ended === null) {
    const end = decideEnd(
      state,
      news.state === 'expired' ? { type: 'approval_expired' } : { type: 'cancelled', by: 'provider' },
    )
    if ('events' in end) events.push(...end.events)
  }
  return { events }
}

function statusOf(facts: NpPostpaidFacts) {
  if (facts.ended !== null) return facts.ended
  if (facts.arrivalOn !== null) return 'arrived'
  if (facts.shipment !== null) return 'captured'
  switch (latest(facts)) {
    case 'approved':
      return 'authorized'
    case 'on_hold':
      return 'on_hold'
    case 'rejected':
      return 'rejected'
    case 'in_review':
      return 'in_review'
    default:
      return facts.refusals.length > 0 ? 'failed' : 'registered'
  }
}

function nextOf(facts: NpPostpaidFacts, books: Books, status: string) {
  const approved = facts.attempts.at(-1)
  if (status === 'authorized' && approved)
    return { kind: 'approval_lapses', on: addDays(dayOf(new Date(approved.at)), APPROVAL_DAYS) }
  if (
    facts.ended === null &&
    facts.shipment !== null &&
    books.statements.length === 0 &&
    facts.invoice !== null &&
    facts.customerPayment === null
  ) {
    return { kind: 'invoice_due', on: facts.invoice.dueOn }
  }
  return null
}
