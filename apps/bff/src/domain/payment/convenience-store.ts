/**
 * Convenience-store payments: a slip is issued, deposits are reported with their running total, first preliminary, then
 * definite, and either may be taken back. Only definite money is booked (sbps-protocol 1.5, 2.8, 3).
 */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { subtractYen, type Yen, yen, ZERO_YEN } from '@choba/shared/money.ts'
import { type Books, evolveBooks, owedYen } from './books.ts'
import type { PaymentEvent } from './events.ts'
import type { Decision, MethodDomain } from './method.ts'
import { NOTHING, refuse } from './method.ts'

type Report = { readonly totalYen: Yen; readonly at: string }

export type ConvenienceStoreFacts = {
  readonly providerId: string | null
  readonly transactionId: string | null
  readonly store: string | null
  readonly numbers: readonly string[]
  readonly payBy: BusinessDate | null
  readonly preliminary: Report | null
  readonly definite: Report | null
  readonly cancelled: boolean
  readonly expired: boolean
  readonly codes: readonly string[]
}

export const convenienceStore: MethodDomain<ConvenienceStoreFacts> = {
  initial: {
    providerId: null,
    transactionId: null,
    store: null,
    numbers: [],
    payBy: null,
    preliminary: null,
    definite: null,
    cancelled: false,
    expired: false,
    codes: [],
  },

  evolve(facts, event, at) {
    switch (event.type) {
      case 'slip_issued': {
        const { providerId, transactionId, store, numbers, payBy } = event
        return { ...facts, providerId, transactionId, store, numbers, payBy, codes: [] }
      }
      case 'registration_refused':
        return { ...facts, codes: event.codes }
      case 'deposit_reported':
        return { ...facts, [event.certainty]: { totalYen: event.totalYen, at } }
      case 'slip_expired':
        return { ...facts, expired: true }
      case 'cancelled':
        return { ...facts, cancelled: true }
      default:
        return facts
    }
  },

  decide({ books, facts }, { at, news }): Decision {
    switch (news.kind) {
      case 'slip_issued':
        if (facts.providerId === news.providerId) return NOTHING
        if (facts.providerId !== null) return refuse('payment.authorized_under_another_id')
        return {
          events: [
            {
              type: 'slip_issued',
              providerId: news.providerId,
              transactionId: news.transactionId,
              store: news.store,
              numbers: news.numbers,
              payBy: news.payBy,
            },
          ],
        }
      case 'refused':
        if (facts.providerId !== null || facts.codes.length > 0) return NOTHING
        return { events: [{ type: 'registration_refused', codes: news.codes }] }
      case 'deposit': {
        if (facts.providerId === null) return refuse('payment.no_slip')
        const known = facts[news.certainty]
        // Reports carry running totals, so an older one that arrives late says nothing new.
        if (known !== null && (at < known.at || (at === known.at && news.totalYen <= known.totalYen))) return NOTHING
        const reported: PaymentEvent = { type: 'deposit_reported', certainty: news.certainty, totalYen: news.totalYen }
        return {
          events: news.certainty === 'definite' ? [reported, ...bookDeposit(books, facts, news.totalYen)] : [reported],
        }
      }
      case 'slip_expired':
        if (facts.expired || facts.cancelled) return NOTHING
        if (facts.definite !== null && facts.definite.totalYen > 0) return NOTHING
        return { events: [{ type: 'slip_expired' }] }
      case 'cancelled':
        if (facts.providerId === null) return refuse('payment.no_slip')
        if (facts.cancelled) return NOTHING
        return {
          events: [
            { type: 'cancelled', by: news.by },
            // What was paid of it is the customer's from now on.
            ...bookDeposit(books, { cancelled: true }, facts.definite?.totalYen ?? ZERO_YEN),
          ],
        }
      case 'owed_returned': {
        if (books.returnIds?.includes(news.returnId)) return NOTHING
        // Books written before a cancelled slip's deposit was the customer's are put right first.
        const due = bookDeposit(books, facts, facts.definite?.totalYen ?? ZERO_YEN)
        const { kind: _, ...returned } = news
        if (news.amountYen > owedYen(due.reduce((after, event) => evolveBooks(after, event, at), books)))
          return refuse('payment.not_owed')
        return { events: [...due, { type: 'owed_returned', ...returned }] }
      }
      default:
        return refuse('news.not_for_this_method')
    }
  },

  standing({ books, facts }) {
    const deposited = Math.max(facts.preliminary?.totalYen ?? 0, facts.definite?.totalYen ?? 0)
    const status = statusOf(facts, books)
    return {
      status,
      providerId: facts.providerId,
      transactionId: facts.transactionId,
      slipNumber: customerNumber(facts),
      reasons: facts.codes,
      next: status === 'awaiting_payment' && facts.payBy !== null ? { kind: 'pay_by', on: facts.payBy } : null,
      shippedOn: null,
      creditHeld: false,
      customerPaid: deposited > 0,
      captureUntil: null,
      refundUntil: null,
    }
  },
}

/** What a customer quotes: at FamilyMart the order number, which stands behind the company code; elsewhere the first. */
function customerNumber(facts: ConvenienceStoreFacts): string | null {
  return (facts.store === '016' ? facts.numbers[1] : facts.numbers[0]) ?? null
}

/** Money that came late is a sale even on a slip that had expired; on one that was cancelled it is the customer's. */
function statusOf(facts: ConvenienceStoreFacts, books: Books) {
  if (books.capturedYen > 0 && books.capturedYen >= books.amountYen) return 'captured'
  if (facts.cancelled) return 'cancelled'
  if (facts.expired) return 'expired'
  if (facts.providerId !== null) return 'awaiting_payment'
  return facts.codes.length > 0 ? 'failed' : 'registered'
}

/**
 * From what is booked to what a definite total says: the sale up to the billed amount, the rest owed to the customer. Of a
 * cancelled slip nothing is billed any more, so all of it is owed.
 */
function bookDeposit(
  books: Books,
  { cancelled }: Pick<ConvenienceStoreFacts, 'cancelled'>,
  totalYen: Yen,
): PaymentEvent[] {
  const saleYen = cancelled ? ZERO_YEN : yen(Math.min(totalYen, books.amountYen))
  const saleChange = subtractYen(saleYen, books.capturedYen)
  const excessChange = subtractYen(subtractYen(totalYen, saleYen), books.excessYen)
  const events: PaymentEvent[] = []
  if (saleChange > 0) events.push({ type: 'captured', amountYen: saleChange })
  if (saleChange < 0) events.push({ type: 'capture_reversed', amountYen: subtractYen(ZERO_YEN, saleChange) })
  if (excessChange !== 0) events.push({ type: 'excess_received', amountYen: excessChange })
  return events
}
