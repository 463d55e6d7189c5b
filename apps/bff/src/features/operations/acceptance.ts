/** Whether what a person asks for may be done now, and how it is written down when it may. */
import { createHash } from 'node:crypto'
import type { OperationRequest, OperationRow } from '@choba/shared/contracts/operations.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Holder } from '@choba/shared/permissions.ts'
import { paymentCan } from '@choba/shared/states/payment.ts'
import { givenUpYen, type SafetyRules, type SafetyVerdict, safetyVerdict } from '@choba/shared/states/safety.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import { person } from '../../core/actor.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { actionFacts } from '../../domain/payment/payment.ts'
import { canonicalJson } from '../../ledger/canonical.ts'
import type { LockedPayment } from '../../ledger/record.ts'
import type { NewOperation } from './operations.queries.ts'

export type RowError = { readonly code: string; readonly reason: string | null }

/** The one action table, then what the action itself needs. */
export function refusalOf(
  payment: LockedPayment,
  request: OperationRequest,
  who: Holder & { readonly today: BusinessDate },
  terms: readonly Term[],
): RowError | undefined {
  const { shopId, method } = payment.state.books
  const returns = termIn(terms, 'after_payout', { shopId, method, on: who.today })?.cancel
  const verdict = paymentCan(request.action, actionFacts(payment.state, payment.inFlight, undefined, returns), who)
  if (!verdict.allowed)
    return {
      code: verdict.reason === 'operation_in_flight' ? 'operation.in_flight' : 'action.not_allowed',
      reason: verdict.reason,
    }
  const field = faultyField(request, verdict.upToYen, who.today)
  return field === undefined ? undefined : { code: 'request.invalid', reason: field }
}

function faultyField(request: OperationRequest, upToYen: number | null, today: BusinessDate): string | undefined {
  const { action, amountYen, carrierCode, slipNumber, shipOn, correction } = request
  if (amountYen !== undefined && upToYen !== null && amountYen > upToYen) return 'amountYen'
  if (action === 'change_amount' && amountYen === undefined) return 'amountYen'
  if (action === 'report_shipment' && carrierCode === undefined) return 'carrierCode'
  if (action === 'report_shipment' && slipNumber === undefined) return 'slipNumber'
  if (action === 'plan_shipping' && (shipOn === undefined || (shipOn !== null && shipOn < today))) return 'shipOn'
  if (action === 'correct' && correction === undefined && amountYen === undefined) return 'correction'
  return undefined
}

/** What the merchant settled about giving up that much. */
export function safetyOf(
  rules: SafetyRules,
  { state: { books } }: LockedPayment,
  { action, amountYen }: Pick<OperationRequest, 'action' | 'amountYen'>,
): SafetyVerdict {
  return safetyVerdict(rules, action, givenUpYen(action, books, amountYen ?? null))
}

export function newOperation(
  session: Session,
  payment: LockedPayment,
  request: OperationRequest,
  requestHash: string,
  verdict: Exclude<SafetyVerdict, 'refuse'>,
): NewOperation {
  return {
    operationId: uuidv7(),
    state: request.action === 'plan_shipping' ? 'done' : STATE_OF[verdict],
    paymentId: payment.paymentId,
    connectionId: payment.state.books.connectionId,
    kind: request.action,
    idempotencyKey: request.idempotencyKey,
    requestHash,
    request: detailsOf(request),
    amountYen: request.amountYen ?? null,
    reason: request.reason ?? null,
    actorKind: person(session).kind,
    actorId: session.userId,
  }
}

const STATE_OF = { send: 'accepted', hold: 'held', ask: 'requested' } as const

function detailsOf(request: OperationRequest): Record<string, unknown> {
  const { action, carrierCode, slipNumber, billIssuedOn, shippedOn, shipOn, correction, store, payWithinDays } = request
  if (action === 'reissue' || action === 'change_amount')
    return { ...(store && { store }), ...(payWithinDays && { payWithinDays }) }
  if (action === 'plan_shipping') return { shipOn }
  if (action === 'report_shipment')
    return { carrierCode, slipNumber, ...(billIssuedOn && { billIssuedOn }), ...(shippedOn && { shippedOn }) }
  return action === 'correct' || action === 'reregister' ? { ...(correction && { correction }) } : {}
}

export function acceptedRow(operation: NewOperation): OperationRow {
  const now = new Date().toISOString()
  return {
    id: operation.operationId,
    paymentId: operation.paymentId,
    kind: operation.kind as OperationRow['kind'],
    state: operation.state,
    amountYen: operation.amountYen,
    reason: operation.reason,
    codes: [],
    requestedBy: operation.actorId,
    requestedAt: now,
    endedAt: operation.state === 'done' ? now : null,
  }
}

export function hashOf(request: OperationRequest): string {
  return createHash('sha256').update(canonicalJson(request)).digest('base64url')
}
