/** A payment of any method: its events folded into a state, news turned into events, the state projected into a row. */
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { type Yen, yen } from '@choba/shared/money.ts'
import type { PaymentFacts, PaymentStatus } from '@choba/shared/states/payment.ts'
import { type Books, evolveBooks, feeYen, openBooks, soldYen, unpaidNetYen } from './books.ts'
import { card } from './card.ts'
import { convenienceStore } from './convenience-store.ts'
import type { PaymentEvent } from './events.ts'
import { imported, isImported } from './imported.ts'
import type { Decision, Facts, MethodDomain, Standing } from './method.ts'
import { NOTHING, refuse } from './method.ts'
import type { DatedNews, ProviderNews } from './news.ts'
import { npPostpaid } from './np-postpaid.ts'

export type PaymentState = { readonly books: Books; readonly facts: Facts }

/** A new method is one more entry here. */
export type MethodRegistry = Readonly<Record<string, MethodDomain>>
export const METHOD_DOMAINS: MethodRegistry = {
  np_postpaid: npPostpaid as unknown as MethodDomain, // each method reads back only the facts it wrote itself
  card: card as unknown as MethodDomain,
  convenience_store: convenienceStore as unknown as MethodDomain,
}

/** @throws RangeError when the first event does not open a payment, or its method is not known. */
export function evolve(
  state: PaymentState | undefined,
  event: PaymentEvent,
  at: string,
  methods: MethodRegistry = METHOD_DOMAINS,
): PaymentState {
  if (state === undefined) {
    if (event.type !== 'registered') throw new RangeError(`a payment cannot begin with ${event.type}`)
    const method = domainOf(event, methods)
    return { books: openBooks(event, at), facts: method.open?.(event) ?? method.initial }
  }
  const books = evolveBooks(state.books, event, at)
  return { books, facts: domainOf(state.books, methods).evolve(state.facts, event, at, books) }
}

/** What news changes. Settlement is the same for every method; the rest is the method's own. */
export function decide(state: PaymentState, dated: DatedNews, methods: MethodRegistry = METHOD_DOMAINS): Decision {
  const { news } = dated
  // The file that brought a sale in has booked its payout: a statement that names it tells nothing new.
  if (isImported(state.books) && isPaidByStatement(news, state.books)) return NOTHING
  if (news.kind === 'statement_line') return decideSettled(state.books, news)
  if (news.kind === 'statement_paid') return decidePaidOut(state.books, news)
  return domainOf(state.books, methods).decide(state, dated)
}

function isPaidByStatement(news: ProviderNews, { statements }: Books): boolean {
  if (news.kind !== 'statement_line' && news.kind !== 'statement_paid') return false
  return statements.some((part) => part.line === IMPORTED_LINE)
}

/** Statements count their lines from 1. */
export const IMPORTED_LINE = 0

function decideSettled(books: Books, news: Extract<ProviderNews, { kind: 'statement_line' }>): Decision {
  if (books.statements.some((part) => part.statementNumber === news.statementNumber && part.line === news.line))
    return NOTHING
  const { kind: _, ...line } = news
  return { events: [{ type: 'settled', ...line }] }
}

function decidePaidOut(books: Books, news: Extract<ProviderNews, { kind: 'statement_paid' }>): Decision {
  const parts = books.statements.filter((part) => part.statementNumber === news.statementNumber)
  if (parts.length === 0) return refuse('payment.not_on_statement')
  if (parts.every((part) => part.paidOn !== null)) return NOTHING
  return {
    events: [
      {
        type: 'paid_out',
        statementNumber: news.statementNumber,
        paidOn: news.paidOn,
        amountYen: unpaidNetYen(books, news.statementNumber),
      },
    ],
  }
}

export function standingOf(state: PaymentState, methods: MethodRegistry = METHOD_DOMAINS): Standing {
  const own = domainOf(state.books, methods).standing(state)
  const status = ledgerStatus(state.books, own.status)
  const unpaid = state.books.statements.find((part) => part.paidOn === null)
  const next = status === 'settled' && unpaid ? { kind: 'payout', on: unpaid.payOn } : own.next
  return { ...own, status, next: CLOSED.includes(status) ? null : next }
}

const CLOSED: readonly PaymentStatus[] = [
  'rejected',
  'paid_out',
  'refunded',
  'cancelled',
  'expired',
  'failed',
  'undone',
]

const OVER_SETTLEMENT: readonly PaymentStatus[] = ['cancelled', 'expired', 'rejected', 'failed', 'withdrawn', 'undone']

/** One vocabulary for all methods: settlement speaks over the method's own status unless the sale has ended. */
function ledgerStatus(books: Books, own: PaymentStatus): PaymentStatus {
  if (OVER_SETTLEMENT.includes(own)) return own
  if (books.capturedYen > 0 && soldYen(books) === 0) return 'refunded'
  // A statement may come before the notice of the sale it settles; until then the method's own status tells more.
  if (books.statements.length === 0 || books.capturedYen === 0) return own
  return books.statements.every((part) => part.paidOn !== null) ? 'paid_out' : 'settled'
}

/** The columns of a ledger row that follow from the events alone. Amounts in yen. */
export type Projection = {
  readonly shopId: string
  readonly method: string
  readonly status: PaymentStatus
  readonly site: string
  readonly billingMethod: string
  readonly connectionMethod: string
  readonly connectionId: string
  readonly orderNumber: string
  readonly orderBranch: number
  readonly orderedAt: string
  readonly orderedOn: BusinessDate
  readonly capturedOn: BusinessDate | null
  readonly paidOutOn: BusinessDate | null
  readonly amountYen: Yen
  readonly capturedYen: Yen
  readonly refundedYen: Yen
  readonly feeYen: Yen
  readonly providerId: string | null
  readonly transactionId: string | null
  readonly slipNumber: string | null
  readonly reasons: readonly string[]
  readonly nextOn: BusinessDate | null
  readonly nextKind: string | null
}

export function project(state: PaymentState, methods: MethodRegistry = METHOD_DOMAINS): Projection {
  const { books } = state
  const standing = standingOf(state, methods)
  return {
    shopId: books.shopId,
    method: books.method,
    status: standing.status,
    site: books.site,
    billingMethod: books.billingMethod,
    connectionMethod: books.connectionMethod,
    connectionId: books.connectionId,
    orderNumber: books.orderNumber,
    orderBranch: books.orderBranch,
    orderedAt: books.orderedAt,
    orderedOn: dayOf(new Date(books.orderedAt)),
    capturedOn: books.capturedOn,
    paidOutOn: books.paidOutOn,
    amountYen: books.amountYen,
    capturedYen: books.capturedYen,
    refundedYen: books.refundedYen,
    feeYen: feeYen(books),
    providerId: standing.providerId,
    transactionId: standing.transactionId,
    slipNumber: standing.slipNumber,
    reasons: standing.reasons,
    nextOn: standing.next?.on ?? null,
    nextKind: standing.next?.kind ?? null,
  }
}

/** What the action table asks of a payment. */
export function actionFacts(
  state: PaymentState,
  inFlight: string | null,
  methods: MethodRegistry = METHOD_DOMAINS,
  returnAfterPayout: PaymentFacts['returnAfterPayout'] = 'offset',
): PaymentFacts {
  const { books } = state
  const standing = standingOf(state, methods)
  return {
    method: books.method,
    status: standing.status,
    amountYen: books.amountYen,
    capturedYen: books.capturedYen,
    refundedYen: books.refundedYen,
    shippedOn: standing.shippedOn,
    customerPaid: standing.customerPaid,
    creditHeld: standing.creditHeld,
    paidOut: yen(books.paidOutYen) !== 0 || books.statements.some((part) => part.paidOn !== null),
    returnAfterPayout,
    captureUntil: standing.captureUntil,
    refundUntil: standing.refundUntil,
    replaced: books.replacedBy !== undefined,
    inFlight,
    imported: isImported(books),
  }
}

const IMPORTED = imported as unknown as MethodDomain // reads back only the facts it wrote itself

function domainOf(
  { method, imported: origin }: Pick<Books, 'method' | 'imported'>,
  methods: MethodRegistry,
): MethodDomain {
  const found = origin === undefined ? methods[method] : IMPORTED
  if (found === undefined) throw new RangeError(`no such payment method: ${method}`)
  return found
}
