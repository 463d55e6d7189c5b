/** What the lists of NP postpaid are read from: one row per payment, one per screening attempt. Pure; written with the books. */
import { addDays, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { Books } from './books.ts'
import type { PaymentEvent } from './events.ts'
import { latestResult, type NpPostpaidFacts } from './np-facts.ts'
import { npStatus, reasonsOf } from './np-postpaid.ts'

export type NpScreeningState = 'none' | 'in_review' | 'approved' | 'on_hold' | 'rejected' | 'refused'

/** A row of `np_postpaid`. */
export type NpProjection = {
  readonly shopId: string
  readonly connectionId: string
  readonly shipOn: BusinessDate | null
  readonly screening: NpScreeningState
  readonly attempts: number
  readonly decidedAt: string | null
  /** While an approval waits for its shipment report. */
  readonly lapsesOn: BusinessDate | null
  readonly reasons: readonly string[]
  readonly carrierCode: string | null
  readonly slipNumber: string | null
  readonly shippedOn: BusinessDate | null
  readonly invoiceDelivery: string
  readonly issuedOn: BusinessDate | null
  readonly dueOn: BusinessDate | null
  readonly inquiryNumber: string | null
  readonly reissues: number
  readonly reminders: number
  readonly remindedOn: BusinessDate | null
  readonly customerPaidOn: BusinessDate | null
  readonly paidPlace: string | null
  readonly paidStore: string | null
  readonly arrivedOn: BusinessDate | null
  readonly disputed: boolean
  /** The statement that covers the sale. */
  readonly statementNumber: string | null
  readonly ended: 'cancelled' | 'expired' | null
  readonly endedOn: BusinessDate | null
  readonly withdrawnOn: BusinessDate | null
  readonly npIds: readonly string[]
}

/** Past sales from a file are on none of NP's lists: nothing is left to be done about them. */
export function isOnNpLists({ method, imported }: Books): boolean {
  return method === 'np_postpaid' && imported === undefined
}

export function projectNp(books: Books, facts: NpPostpaidFacts): NpProjection {
  const { invoice, shipment, reminders, customerPayment, reduction } = facts
  const decided = facts.refused ? facts.refusals.at(-1) : facts.attempts.at(-1)
  return {
    shopId: books.shopId,
    connectionId: books.connectionId,
    shipOn: facts.shipOn,
    screening: screeningState(facts),
    attempts: facts.attempts.length + facts.refusals.length,
    decidedAt: decided?.at ?? null,
    lapsesOn: npStatus(facts) === 'authorized' && decided ? addDays(tokyoDay(decided.at), facts.approvalDays) : null,
    reasons: reasonsOf(facts),
    carrierCode: shipment?.carrierCode ?? null,
    slipNumber: shipment?.slipNumber ?? null,
    shippedOn: shipment === null ? null : tokyoDay(shipment.at),
    invoiceDelivery: facts.delivery,
    issuedOn: invoice?.issuedOn ?? null,
    dueOn: invoice?.dueOn ?? null,
    inquiryNumber: invoice?.inquiryNumber ?? null,
    reissues: invoice?.reissue ?? 0,
    reminders: reminders?.count ?? 0,
    remindedOn: reminders?.lastOn ?? null,
    customerPaidOn: customerPayment?.on ?? null,
    paidPlace: customerPayment?.place ?? null,
    paidStore: customerPayment?.store ?? null,
    arrivedOn: facts.arrivalOn,
    disputed: facts.disputed,
    statementNumber: coveringStatement(books, facts),
    ended: facts.ended,
    endedOn: facts.endedAt === null ? null : tokyoDay(facts.endedAt),
    withdrawnOn: reduction?.withdrawnAt == null ? null : tokyoDay(reduction.withdrawnAt),
    npIds: facts.npIds,
  }
}

/**
 * The statement that carries the claim that stands. A sale taken onto a statement and taken off again by a later line is
 * on none, and neither is one that was registered again since: the old claim's lines are not the new one's.
 */
function coveringStatement(books: Books, facts: NpPostpaidFacts): string | null {
  const first = facts.npIds[0]
  const ofClaim = books.statements.filter((part) => (part.providerId ?? first) === facts.providerId)
  const standing = ofClaim.reduce((sum, part) => sum + part.grossYen, 0)
  return standing > 0 ? (ofClaim.findLast((part) => part.grossYen > 0)?.statementNumber ?? null) : null
}

function screeningState(facts: NpPostpaidFacts): NpScreeningState {
  return facts.refused ? 'refused' : (latestResult(facts) ?? 'none')
}

function tokyoDay(at: string): BusinessDate {
  return dayOf(new Date(at))
}

/** A row of `screening`. */
export type ScreeningAttempt = {
  readonly attempt: number
  readonly shopId: string
  readonly connectionId: string
  readonly site: string
  readonly result: Exclude<NpScreeningState, 'none'>
  readonly reasons: readonly string[]
  readonly decidedAt: string
  readonly npId: string | null
}

/** The attempt an event decides, or none. `before` is the payment as the event found it. */
export function screeningOf(
  before: { readonly books: Books; readonly facts: NpPostpaidFacts },
  event: PaymentEvent,
  at: string,
): ScreeningAttempt | undefined {
  const { books, facts } = before
  const place = {
    attempt: facts.attempts.length + facts.refusals.length + 1,
    shopId: books.shopId,
    connectionId: books.connectionId,
    site: books.site,
    decidedAt: at,
  }
  if (event.type === 'screening_decided')
    return { ...place, result: event.result, reasons: event.reasons, npId: event.providerId }
  if (event.type === 'registration_refused') return { ...place, result: 'refused', reasons: event.codes, npId: null }
  return undefined
}
