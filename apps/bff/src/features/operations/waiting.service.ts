/**
 * What waits between a person's order and the provider. One lock on the operation decides between sending it, agreeing to it
 * and taking it back: never two of them. What is sent is looked at again first: the payment may have changed since.
 */
import type { Kysely } from 'kysely'
import type { Output } from '@choba/shared/contract.ts'
import type { OperationRequest, OperationRow } from '@choba/shared/contracts/operations.ts'
import type { safety, WaitingOperation } from '@choba/shared/contracts/safety.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { may } from '@choba/shared/permissions.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { givenUpYen, type SafetyRules } from '@choba/shared/states/safety.ts'
import { audit } from '../../audit/audit.ts'
import { type Actor, person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { findMembership, listNames } from '../../db/people.ts'
import { findSafetyRules } from '../../db/safety.ts'
import type { Database } from '../../db/schema.ts'
import { listTerms } from '../../db/terms.ts'
import { type LockedPayment, lockPayments } from '../../ledger/record.ts'
import { refusalOf, type RowError } from './acceptance.ts'
import { begin } from './begin.ts'
import type { OperationsDeps } from './operations.service.ts'
import { getOperation } from './operations.service.ts'
import {
  type Decision,
  findPaymentOf,
  listWaiting,
  lockWaiting,
  putDecision,
  type WaitingRow,
} from './waiting.queries.ts'

type Tx = Kysely<Database>

export async function getWaiting(
  { db }: OperationsDeps,
  session: Session,
  paymentId: string | undefined,
): Promise<Output<typeof safety.waiting>> {
  const { merchantId, userId } = session
  const reader = db.merchant(merchantId)
  const rows = await listWaiting(reader, merchantId, paymentId)
  const rules = await findSafetyRules(reader, merchantId, userId)
  const names = await listNames(db, merchantId, [...new Set(rows.map(({ actorId }) => actorId))])
  return {
    items: rows.map((row): WaitingOperation => {
      const kind = row.kind as PaymentAction // what a person can ask for
      const payment = { ...row, amountYen: row.paymentAmountYen }
      const givesUpYen = givenUpYen(kind, payment, row.amountYen)
      const whyNot = row.state === 'held' ? null : refusalToDecide(session, row, rules, givesUpYen)
      return {
        ...viewOf(row),
        orderNumber: row.orderNumber,
        customerName: row.customerName,
        shopId: row.shopId,
        method: row.method,
        givesUpYen,
        requestedByName: names.get(row.actorId) ?? null,
        sentAt: row.sentAt?.toISOString() ?? null,
        mayDecide: row.state === 'requested' && whyNot === null,
        whyNot,
        mayTakeBack: mayTakeBack(session, row),
      }
    }),
  }
}

/** @throws AppError operation.not_waiting, operation.own_request, action.not_allowed when it can no longer be done: then it has ended */
export async function approve(deps: OperationsDeps, session: Session, operationId: string): Promise<OperationRow> {
  const stale = await withWaiting(deps, session, operationId, async (tx, row, payment) => {
    if (row.state !== 'requested') throw new AppError('operation.not_waiting')
    const rules = await findSafetyRules(tx, session.merchantId, session.userId)
    const givesUpYen = givenUpYen(row.kind as PaymentAction, payment.state.books, row.amountYen)
    refuseDecider(session, row, rules, givesUpYen)
    return send(deps, tx, session.merchantId, { row, payment, by: person(session), action: 'approval.approve' })
  })
  if (stale !== undefined) throw new AppError('action.not_allowed', { reason: stale.reason })
  return getOperation(deps, session, operationId)
}

/** @throws AppError operation.not_waiting, operation.own_request */
export async function decline(
  deps: OperationsDeps,
  session: Session,
  operationId: string,
  reason: string,
): Promise<OperationRow> {
  await withWaiting(deps, session, operationId, async (tx, row) => {
    if (row.state !== 'requested') throw new AppError('operation.not_waiting')
    refuseDecider(session, row, null, 0)
    await end(tx, session.merchantId, row, {
      state: 'declined',
      by: person(session),
      action: 'approval.decline',
      reason,
    })
  })
  return getOperation(deps, session, operationId)
}

/** @throws AppError operation.not_waiting, auth.forbidden for another person's request */
export async function takeBack(deps: OperationsDeps, session: Session, operationId: string): Promise<OperationRow> {
  await withWaiting(deps, session, operationId, async (tx, row) => {
    if (!mayTakeBack(session, row)) throw new AppError('auth.forbidden')
    await end(tx, session.merchantId, row, { state: 'withdrawn', by: person(session), action: 'approval.take_back' })
  })
  return getOperation(deps, session, operationId)
}

/** The while is over. Nothing happens to what was taken back in it. */
export async function releaseHeld(deps: OperationsDeps, merchantId: string, operationId: string): Promise<void> {
  const db = deps.db.merchant(merchantId)
  const paymentId = await findPaymentOf(db, merchantId, operationId)
  if (paymentId === undefined) return
  await db.transaction().execute(async (tx) => {
    const payment = (await lockPayments(tx, merchantId, [paymentId])).get(paymentId)
    const row = await lockWaiting(tx, merchantId, operationId)
    if (row?.state !== 'held' || payment === undefined) return
    const by = { kind: 'job', id: 'operations:release' } as const
    await send(deps, tx, merchantId, { row, payment, by, action: 'approval.release' })
  })
}

async function withWaiting<T>(
  { db }: OperationsDeps,
  { merchantId }: Session,
  operationId: string,
  act: (tx: Tx, row: WaitingRow, payment: LockedPayment) => Promise<T>,
): Promise<T> {
  const scoped = db.merchant(merchantId)
  const paymentId = await findPaymentOf(scoped, merchantId, operationId)
  if (paymentId === undefined) throw new AppError('resource.not_found', { id: operationId })
  return scoped.transaction().execute(async (tx) => {
    const payment = (await lockPayments(tx, merchantId, [paymentId])).get(paymentId)
    const row = await lockWaiting(tx, merchantId, operationId)
    if (row === undefined || payment === undefined) throw new AppError('operation.not_waiting')
    return act(tx, row, payment)
  })
}

type Sent = { readonly row: WaitingRow; readonly payment: LockedPayment; readonly by: Actor; readonly action: string }

/** Answers why it can no longer be done; then it has ended. What whoever asked may no longer do is not done in their name. */
async function send(
  deps: OperationsDeps,
  tx: Tx,
  merchantId: string,
  { row, payment, by, action }: Sent,
): Promise<RowError | undefined> {
  const requester = await findMembership(tx, row.actorId, merchantId)
  const today = dayOf(deps.providerClocks.now(row.connectionId))
  const terms = await listTerms(tx, merchantId, { kinds: ['after_payout'] })
  const who = { permissions: requester?.permissions ?? [], today }
  const error = refusalOf({ ...payment, inFlight: null }, requestOf(row), who, terms)
  if (error !== undefined) {
    const code = error.reason ?? error.code
    await end(tx, merchantId, row, { state: 'declined', by, action: 'approval.stale', codes: [code] })
    return error
  }
  await putDecision(tx, merchantId, row.operationId, { state: 'accepted', decidedBy: by.id, decidedReason: null })
  await tell(tx, merchantId, row, { by, action })
  const { issuedBy: _, requestedAt: _at, sentAt: _sent, ...operation } = row
  const locked = new Map([[payment.paymentId, payment]])
  const actor: Actor = { kind: row.actorKind === 'key' ? 'key' : 'person', id: row.actorId }
  await begin(tx, deps, merchantId, { operations: [{ ...operation, state: 'accepted' }], locked, actor })
  return undefined
}

type Ending = Pick<Decision, 'codes'> & {
  readonly state: 'declined' | 'withdrawn'
  readonly by: Actor
  readonly action: string
  readonly reason?: string
}

async function end(
  tx: Tx,
  merchantId: string,
  row: WaitingRow,
  { state, by, action, reason, codes = [] }: Ending,
): Promise<void> {
  const decision = { state, decidedBy: by.id, decidedReason: reason ?? null, codes }
  await putDecision(tx, merchantId, row.operationId, decision)
  await tell(tx, merchantId, row, { by, action, ...(reason !== undefined && { reason }) })
}

async function tell(
  tx: Tx,
  merchantId: string,
  { operationId, paymentId, kind, amountYen, actorId, state }: WaitingRow,
  { by, action, reason }: { readonly by: Actor; readonly action: string; readonly reason?: string },
): Promise<void> {
  await audit(tx, {
    merchantId,
    actor: by,
    action,
    subject: { kind: 'payment', id: paymentId },
    before: { waits: state },
    after: { operationId, kind, amountYen, requestedBy: actorId },
    ...(reason !== undefined && { reason }),
  })
}

function refuseDecider(session: Session, row: WaitingRow, rules: SafetyRules | null, givesUpYen: number): void {
  const why = refusalToDecide(session, row, rules, givesUpYen)
  if (why === 'own_request') throw new AppError('operation.own_request')
  if (why === 'role') throw new AppError('auth.forbidden')
  if (why === 'ceiling') throw new AppError('action.not_allowed', { reason: 'above_ceiling' })
}

/** A second person is a person, and another one: not a program, and not whoever issued the key that asked. */
function refusalToDecide(
  session: Session,
  row: WaitingRow,
  rules: SafetyRules | null,
  givesUpYen: number,
): 'own_request' | 'role' | 'ceiling' | null {
  if (!may(session, 'approvals.decide') || person(session).kind !== 'person') return 'role'
  if (isOwn(session, row)) return 'own_request'
  const ceilingYen = rules?.ceilingYen ?? null
  return ceilingYen !== null && givesUpYen > ceilingYen ? 'ceiling' : null
}

function isOwn({ userId }: Session, { actorId, issuedBy }: WaitingRow): boolean {
  return actorId === userId || issuedBy === userId
}

/** A held one by whoever acts on payments: there is little time. A request by whoever made it. */
function mayTakeBack(session: Session, row: WaitingRow): boolean {
  return may(session, 'sales.act') && (row.state === 'held' || isOwn(session, row))
}

function requestOf({ kind, idempotencyKey, amountYen, reason, request }: WaitingRow): OperationRequest {
  return {
    ...(request as Partial<OperationRequest>), // as acceptance.ts wrote it
    idempotencyKey,
    action: kind as PaymentAction,
    ...(amountYen !== null && { amountYen }),
    ...(reason !== null && { reason }),
  }
}

function viewOf(row: WaitingRow): OperationRow {
  return {
    id: row.operationId,
    paymentId: row.paymentId,
    kind: row.kind as OperationRow['kind'], // what a person can ask for
    state: row.state,
    amountYen: row.amountYen,
    reason: row.reason,
    codes: [],
    requestedBy: row.actorId,
    requestedAt: row.requestedAt.toISOString(),
    endedAt: null,
  }
}
