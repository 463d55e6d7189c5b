/** Card payments: authorized, then captured at once (automatic sales) or on request (specified sales), refunded in parts. */
import { addMonths, type BusinessDate, dayOf, endOfMonth } from '@choba/shared/dates.ts'
import { subtractYen } from '@choba/shared/money.ts'
import type { Decision, MethodDomain } from './method.ts'
import { NOTHING, refuse } from './method.ts'

export type CardFacts = {
  readonly providerId: string | null
  readonly transactionId: string | null
  readonly brand: string | null
  readonly authorizedOn: BusinessDate | null
  readonly cancelled: boolean
  readonly codes: readonly string[]
}

export const card: MethodDomain<CardFacts> = {
  initial: { providerId: null, transactionId: null, brand: null, authorizedOn: null, cancelled: false, codes: [] },

  evolve(facts, event, at) {
    switch (event.type) {
      case 'authorized':
        return {
          ...facts,
          providerId: event.providerId,
          transactionId: event.transactionId,
          brand: event.brand,
          authorizedOn: dayOf(new Date(at)),
          codes: [],
        }
      case 'registration_refused':
        return { ...facts, codes: event.codes }
      case 'cancelled':
        return { ...facts, cancelled: true }
      default:
        return facts
    }
  },

  decide({ books, facts }, { news }): Decision {
    switch (news.kind) {
      case 'authorized':
        if (facts.providerId === news.providerId) return NOTHING
        if (facts.providerId !== null) return refuse('payment.authorized_under_another_id')
        return {
          events: [
            { type: 'authorized', providerId: news.providerId, transactionId: news.transactionId, brand: news.brand },
          ],
        }
      case 'refused':
        if (facts.providerId !== null || facts.codes.length > 0) return NOTHING
        return { events: [{ type: 'registration_refused', codes: news.codes }] }
      case 'captured':
        if (facts.providerId === null) return refuse('payment.not_authorized')
        if (facts.cancelled) return refuse('payment.cancelled')
        if (books.capturedYen > 0)
          return books.capturedYen === news.amountYen ? NOTHING : refuse('payment.captured_otherwise')
        if (news.amountYen > books.amountYen) return refuse('payment.capture_above_authorized')
        return { events: [{ type: 'captured', amountYen: news.amountYen }] }
      case 'cancelled':
        if (facts.providerId === null) return refuse('payment.not_authorized')
        if (facts.cancelled) return NOTHING
        if (books.capturedYen > 0) return refuse('payment.captured_already')
        return { events: [{ type: 'cancelled', by: news.by }] }
      case 'refunded': {
        // The cumulative total, so that a repeated answer books nothing twice.
        if (news.totalYen > books.capturedYen) return refuse('payment.refund_above_captured')
        if (news.totalYen <= books.refundedYen) return NOTHING
        return { events: [{ type: 'refunded', amountYen: subtractYen(news.totalYen, books.refundedYen) }] }
      }
      default:
        return refuse('news.not_for_this_method')
    }
  },

  standing({ books, facts }) {
    const until = facts.authorizedOn === null ? null : captureDeadline(facts.authorizedOn)
    const open = facts.authorizedOn !== null && !facts.cancelled && books.capturedYen === 0
    return {
      status: statusOf(facts, books.capturedYen > 0),
      providerId: facts.providerId,
      transactionId: facts.transactionId,
      slipNumber: null,
      reasons: facts.codes,
      next: open && until !== null ? { kind: 'capture_until', on: until } : null,
      shippedOn: null,
      creditHeld: false,
      customerPaid: books.capturedYen > 0,
      captureUntil: until,
      refundUntil: until,
    }
  },
}

function statusOf(facts: CardFacts, captured: boolean) {
  if (facts.cancelled) return 'cancelled'
  if (captured) return 'captured'
  if (facts.providerId !== null) return 'authorized'
  if (facts.codes.length === 0) return 'registered'
  // Codes of ours say that no answer was had; the provider's own are a verdict on the card.
  return facts.codes.some((code) => code.startsWith('provider.')) ? 'failed' : 'rejected'
}

/** Capture and refund are taken until the end of the third month after authorization (sbps-protocol 2.6). */
function captureDeadline(authorizedOn: BusinessDate): BusinessDate {
  return endOfMonth(addMonths(authorizedOn, 3))
}
