/**
 * NP postpaid as four regions side by side (np-postpaid section 1): screening, shipment and invoice, the customer's
 * payment, and the replacement payment, which lives in the common books. The sale is booked at the shipment report.
 */
import { addDays, dayOf } from '@choba/shared/dates.ts'
import type { Books } from './books.ts'
import type { MethodDomain } from './method.ts'
import { decideNp } from './np-decide.ts'
import { evolveFacts, INITIAL_FACTS, latestResult, type NpPostpaidFacts, openFacts } from './np-facts.ts'

export const npPostpaid: MethodDomain<NpPostpaidFacts> = {
  initial: INITIAL_FACTS,
  open: openFacts,
  evolve: evolveFacts,
  decide: decideNp,

  standing({ books, facts }) {
    const status = npStatus(facts)
    return {
      status,
      providerId: facts.providerId,
      transactionId: null,
      slipNumber: facts.shipment?.slipNumber ?? null,
      reasons: reasonsOf(facts),
      next: nextOf(facts, books, status),
      shippedOn: facts.shipment === null ? null : dayOf(new Date(facts.shipment.at)),
      customerPaid: facts.customerPayment !== null,
      creditHeld: holdsCredit(facts),
      captureUntil: null,
      refundUntil: null,
    }
  },
}

/** The codes of the latest answer while it still asks for something. */
export function reasonsOf(facts: NpPostpaidFacts): readonly string[] {
  if (facts.refused) return facts.refusals.at(-1)?.codes ?? []
  const last = facts.attempts.at(-1)
  const status = npStatus(facts)
  return status === 'on_hold' || status === 'rejected' ? (last?.reasons ?? []) : []
}

/** A rejection of what was approved or held before may still hold the customer's limit (np-postpaid 1.7, cancel in A4). */
function holdsCredit(facts: NpPostpaidFacts): boolean {
  return facts.attempts.some(
    (attempt) =>
      attempt.providerId === facts.providerId && (attempt.result === 'approved' || attempt.result === 'on_hold'),
  )
}

export function npStatus(facts: NpPostpaidFacts) {
  if (facts.ended === 'cancelled') return 'cancelled'
  if (facts.reduction?.withdrawnAt) return 'withdrawn'
  if (facts.ended === null && facts.arrivalOn !== null) return 'arrived'
  if (facts.ended === null && facts.shipment !== null) return 'captured'
  if (facts.refused) return 'failed'
  if (facts.ended !== null) return facts.ended
  switch (latestResult(facts)) {
    case 'approved':
      return 'authorized'
    case 'on_hold':
      return 'on_hold'
    case 'rejected':
      return 'rejected'
    case 'in_review':
      return 'in_review'
    default:
      return 'registered'
  }
}

function nextOf(facts: NpPostpaidFacts, books: Books, status: string) {
  const approved = facts.attempts.at(-1)
  if (status === 'authorized' && approved)
    return { kind: 'approval_lapses', on: addDays(dayOf(new Date(approved.at)), facts.approvalDays) }
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
