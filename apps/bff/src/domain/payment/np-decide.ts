/** What NP's news changes (np-postpaid sections 1 and 2.5). Repeated and outdated news decides to nothing. */
import { subtractYen } from '@choba/shared/money.ts'
import { taxSplit } from '../tax.ts'
import { type Books, soldYen } from './books.ts'
import type { PaymentEvent } from './events.ts'
import type { Decision } from './method.ts'
import { NOTHING, refuse } from './method.ts'
import type { DatedNews, ProviderNews } from './news.ts'
import { latestResult, type NpPostpaidFacts } from './np-facts.ts'

type State = { readonly books: Books; readonly facts: NpPostpaidFacts }
type NewsOf<K extends ProviderNews['kind']> = Extract<ProviderNews, { kind: K }>

export function decideNp(state: State, { at, news }: DatedNews): Decision {
  const { books, facts } = state
  switch (news.kind) {
    case 'screening':
      return decideScreening(facts, at, news)
    case 'refused':
      return decideRefused(facts, at, news)
    case 'corrected':
      return decideCorrected(state, news)
    case 'amount_changed': {
      if (facts.shipment !== null) return refuse('payment.shipped_already')
      if (facts.ended !== null) return refuse('payment.ended')
      return { events: amountEvents(books, news.toYen) }
    }
    case 'shipment_accepted':
      if (facts.shipment !== null) return NOTHING
      if (latestResult(facts) !== 'approved' || facts.ended !== null) return refuse('payment.not_approved')
      return {
        events: [
          {
            type: 'shipment_reported',
            carrierCode: news.carrierCode,
            slipNumber: news.slipNumber,
            ...(news.shippedOn && { shippedOn: news.shippedOn }),
          },
          { type: 'captured', amountYen: books.amountYen },
        ],
      }
    case 'cancelled':
      return decideEnd(state, { type: 'cancelled', by: news.by })
    case 'claim_withdrawn':
      return decideWithdrawn(state, news)
    case 'registered_again':
      return decideRegisteredAgain(state, news)
    case 'reduction_dropped':
      return facts.reduction === null || facts.reduction.withdrawnAt !== null
        ? NOTHING
        : { events: [{ type: 'reduction_dropped' }] }
    case 'np_status':
      return decideStatus(state, news)
    default:
      return refuse('news.not_for_this_method')
  }
}

function decideCorrected({ books, facts }: State, news: NewsOf<'corrected'>): Decision {
  const { fields, amountYen, taxes } = news
  if (facts.ended === 'cancelled') return refuse('payment.ended')
  if (fields.length === 0) return NOTHING
  const sameTaxes = JSON.stringify(taxes) === JSON.stringify(books.taxes)
  const events: PaymentEvent[] = [{ type: 'order_corrected', fields }]
  if (facts.shipment === null && !(amountYen === books.amountYen && sameTaxes))
    events.push({ type: 'amount_changed', fromYen: books.amountYen, toYen: amountYen, taxes })
  return { events }
}

/** What changing the billed amount records; nothing when it stands already. */
export function amountEvents(books: Books, toYen: Books['amountYen']): PaymentEvent[] {
  if (toYen === books.amountYen) return []
  return [{ type: 'amount_changed', fromYen: books.amountYen, toYen, taxes: taxSplit(books.taxes, toYen) }]
}

function decideScreening(facts: NpPostpaidFacts, at: string, news: NewsOf<'screening'>): Decision {
  // A superseded transaction has nothing to say any more.
  if (news.providerId !== facts.providerId && facts.npIds.includes(news.providerId)) return NOTHING
  const last = facts.attempts.at(-1)
  const isNew = !facts.npIds.includes(news.providerId)
  const same = !isNew && last?.result === news.result && last.reasons.join() === news.reasons.join()
  const isAnotherAttempt = news.asked === true && at !== last?.at
  if (same && !facts.refused && !isAnotherAttempt) return NOTHING
  if (facts.shipment !== null) return NOTHING // a screening result after the shipment report changes nothing any more
  if (facts.ended !== null && !(isNew && facts.ended === 'expired')) return NOTHING
  return {
    events: [{ type: 'screening_decided', providerId: news.providerId, result: news.result, reasons: news.reasons }],
  }
}

function decideRefused(facts: NpPostpaidFacts, at: string, news: NewsOf<'refused'>): Decision {
  const stands = facts.ended === null && ['approved', 'on_hold', 'in_review'].includes(latestResult(facts) ?? '')
  if (stands) return refuse('payment.screened_already')
  // The same answer again; a later attempt that is refused alike has its own instant.
  if (facts.refusals.some((known) => known.at === at && known.codes.join() === news.codes.join())) return NOTHING
  return { events: [{ type: 'registration_refused', codes: news.codes }] }
}

/** The old claim is cancelled so that a smaller one can take its place; the sale itself still stands. */
function decideWithdrawn({ books, facts }: State, news: NewsOf<'claim_withdrawn'>): Decision {
  if (facts.shipment === null || facts.ended !== null) return refuse('payment.not_shipped')
  if (facts.providerId !== news.providerId || facts.reduction?.withdrawnAt) return NOTHING
  if (news.toYen > soldYen(books)) return refuse('payment.not_a_reduction')
  return { events: [{ type: 'claim_withdrawn', providerId: news.providerId, toYen: news.toYen }] }
}

/** The smaller claim stands: what lies between is given back, and the chain of NP ids stays one payment. */
function decideRegisteredAgain({ books, facts }: State, news: NewsOf<'registered_again'>): Decision {
  if (facts.npIds.includes(news.providerId)) return NOTHING
  if (facts.reduction?.withdrawnAt == null || facts.ended !== null) return refuse('payment.not_withdrawn')
  const { providerId, toYen } = news
  // NP takes no more than the base (E0131010).
  if (toYen > soldYen(books)) return refuse('payment.not_a_reduction')
  const givenBack = subtractYen(soldYen(books), toYen)
  return {
    events: [
      { type: 'registered_again', providerId, baseProviderId: facts.providerId ?? '', amountYen: toYen },
      ...(givenBack > 0 ? [{ type: 'refunded' as const, amountYen: givenBack }] : []),
      ...amountEvents(books, toYen),
    ],
  }
}

/** A cancelled sale that was booked is given back in full; the guarantee ends with it. */
function decideEnd({ books, facts }: State, event: PaymentEvent): Decision {
  if (facts.ended === 'cancelled' || (facts.ended !== null && event.type !== 'cancelled')) return NOTHING
  if (facts.providerId === null) return refuse('payment.not_registered')
  const standing = soldYen(books)
  return { events: standing > 0 ? [event, { type: 'refunded', amountYen: standing }] : [event] }
}

/** NP's answer to a poll is a snapshot; what it says that we did not know becomes events, in the order of a sale's life. */
function decideStatus(state: State, news: NewsOf<'np_status'>): Decision {
  const { facts } = state
  if (news.providerId !== undefined && news.providerId !== facts.providerId) return NOTHING
  const events: PaymentEvent[] = []
  const { invoice, arrivalOn, reminders, paid, disputed } = news
  if (invoice !== null && (facts.invoice === null || invoice.reissue > facts.invoice.reissue))
    events.push({ type: 'invoice_issued', ...invoice })
  if (arrivalOn !== null && facts.arrivalOn === null) events.push({ type: 'arrival_confirmed', on: arrivalOn })
  if (reminders !== null && reminders.count > (facts.reminders?.count ?? 0))
    events.push({ type: 'reminded', count: reminders.count, on: reminders.lastOn })
  if (paid !== null && facts.customerPayment === null) events.push({ type: 'customer_paid', ...paid })
  if (disputed !== undefined && disputed !== facts.disputed)
    events.push({ type: disputed ? 'dispute_opened' : 'dispute_closed' })
  // While an amount is being reduced the old claim is cancelled by ourselves, for the new one to follow.
  if (news.state !== 'active' && facts.ended === null && facts.reduction === null) {
    const end = decideEnd(
      state,
      news.state === 'expired' ? { type: 'approval_expired' } : { type: 'cancelled', by: 'provider' },
    )
    if ('events' in end) events.push(...end.events)
  }
  return { events }
}
