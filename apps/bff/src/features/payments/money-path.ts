/** The way from the order to the money, as far as it is known: what happened, where it stands, what is expected and when. */
import type { MoneyStep } from '@choba/shared/contracts/payments.ts'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { type Closing, closingOf } from '../../domain/closing-cycle.ts'
import type { Dated, EventType } from '../../domain/payment/events.ts'
import { type PaymentState, standingOf } from '../../domain/payment/payment.ts'

type StepKind = MoneyStep['kind']

const PATHS: Readonly<Record<string, readonly StepKind[]>> = {
  np_postpaid: ['ordered', 'screened', 'shipped', 'arrived', 'settled', 'paid_out'],
  card: ['ordered', 'authorized', 'captured', 'settled', 'paid_out'],
  convenience_store: ['ordered', 'slip_issued', 'deposited', 'settled', 'paid_out'],
}
/** A method that has no path of its own yet. */
const COMMON_PATH: readonly StepKind[] = ['ordered', 'captured', 'settled', 'paid_out']

/** Statuses after which no further money is expected. */
const ENDINGS: Partial<Record<PaymentStatus, StepKind>> = {
  cancelled: 'cancelled',
  refunded: 'refunded',
  expired: 'expired',
  undone: 'cancelled',
  rejected: 'failed',
  failed: 'failed',
}

export type PathFacts = {
  readonly state: PaymentState
  readonly events: readonly Dated[]
  /** Of the shop's contract for the method. */
  readonly terms: readonly Term[]
  readonly calendar: Calendar
}

export function moneyPath({ state, events, terms, calendar }: PathFacts): MoneyStep[] {
  const { books } = state
  const { status, next } = standingOf(state)
  const done = doneDays(state, events)
  const steps: MoneyStep[] = []
  const ending = ENDINGS[status]
  // A file tells of a past sale's money alone.
  const path = books.imported === undefined ? (PATHS[books.method] ?? COMMON_PATH) : COMMON_PATH
  const expected =
    ending === undefined
      ? expectedDays(state, done, closing(state, done, terms, calendar))
      : new Map<StepKind, BusinessDate>()
  if (next?.kind === 'pay_by') expected.set('deposited', next.on)

  let isCurrentGiven = false
  for (const kind of path) {
    const on = done.get(kind)
    if (on !== undefined) steps.push({ kind, state: 'done', on })
    else if (ending === undefined) {
      steps.push({ kind, state: isCurrentGiven ? 'expected' : 'current', on: expected.get(kind) ?? null })
      isCurrentGiven = true
    }
    // What was given back in part stands where it happened; the rest goes on.
    if (ending === undefined && isSaleStep(kind) && on !== undefined && books.refundedYen > 0)
      steps.push({ kind: 'refunded', state: 'done', on: done.get('refunded') ?? null })
  }
  if (ending !== undefined) steps.push({ kind: ending, state: 'done', on: done.get(ending) ?? lastDay(events) })
  return steps
}

function isSaleStep(kind: StepKind): boolean {
  return kind === 'captured' || kind === 'shipped' || kind === 'deposited'
}

/** When each step was last reached, and what was taken back no longer counts. */
function doneDays({ books }: PaymentState, events: readonly Dated[]): Map<StepKind, BusinessDate> {
  const done = new Map<StepKind, BusinessDate>()
  for (const { at, event } of events) {
    const kind = STEP_OF_EVENT[event.type]
    const on = dayOf(new Date(at))
    if (event.type === 'screening_decided') {
      if (event.result === 'approved') done.set('screened', on)
      else done.delete('screened')
      if (event.result === 'rejected') done.set('failed', on)
    } else if (event.type === 'arrival_confirmed') done.set('arrived', event.on)
    else if (event.type === 'settled') done.set('settled', event.closingOn)
    else if (event.type === 'paid_out') done.set('paid_out', event.paidOn)
    else if (kind !== undefined) done.set(kind, on)
  }
  if (books.capturedYen > 0 && books.capturedOn !== null)
    done.set(
      books.method === 'convenience_store' && books.imported === undefined ? 'deposited' : 'captured',
      books.capturedOn,
    )
  if (books.statements.some((part) => part.paidOn === null)) done.delete('paid_out')
  return done
}

const STEP_OF_EVENT: Partial<Record<EventType, StepKind>> = {
  registered: 'ordered',
  authorized: 'authorized',
  slip_issued: 'slip_issued',
  shipment_reported: 'shipped',
  cancelled: 'cancelled',
  refunded: 'refunded',
  approval_expired: 'expired',
  slip_expired: 'expired',
  registration_refused: 'failed',
}

/** The closing that will take the sale: once it has arrived (NP postpaid) or is booked (the others), and a rule is known. */
function closing(
  { books }: PaymentState,
  done: ReadonlyMap<StepKind, BusinessDate>,
  terms: readonly Term[],
  calendar: Calendar,
): Closing | undefined {
  const due = books.method === 'np_postpaid' ? done.get('arrived') : books.capturedOn
  if (due === undefined || due === null) return undefined
  const rule = termIn(terms, 'closing', { shopId: books.shopId, method: books.method, on: due })
  return rule === undefined ? undefined : closingOf(rule, due, calendar)
}

function expectedDays(
  { books }: PaymentState,
  done: ReadonlyMap<StepKind, BusinessDate>,
  expected: Closing | undefined,
): Map<StepKind, BusinessDate> {
  const days = new Map<StepKind, BusinessDate>()
  // A statement says when it pays; only before it does the contract's cycle have to answer.
  const unpaid = books.statements.find((part) => part.paidOn === null)
  if (unpaid !== undefined) days.set('paid_out', unpaid.payOn)
  else if (expected !== undefined && !done.has('settled'))
    days.set('settled', expected.closingOn).set('paid_out', expected.payOn)
  return days
}

function lastDay(events: readonly Dated[]): BusinessDate | null {
  const last = events.at(-1)
  return last === undefined ? null : dayOf(new Date(last.at))
}
