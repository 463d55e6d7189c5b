/** Accepting what a person asks for: checked against the one action table, written with its job, never sent from here. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { OperationRequest, OperationRow, operations } from '@choba/shared/contracts/operations.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { SafetyRules } from '@choba/shared/states/safety.ts'
import { auditMany } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { findReasonSettings } from '../../db/action-reasons.ts'
import { findSafetyRules } from '../../db/safety.ts'
import { listTerms } from '../../db/terms.ts'
import { type LockedPayment, lockPayments } from '../../ledger/record.ts'
import { acceptedRow, hashOf, newOperation, refusalOf, type RowError, safetyOf } from './acceptance.ts'
import { begin, holdBack } from './begin.ts'
import { findByKeys, findOperation, findPaymentIds, insertOperations, type NewOperation } from './operations.queries.ts'

export type OperationsDeps = { readonly db: Db; readonly clock: Clock; readonly providerClocks: ProviderClocks }

type Results = Output<typeof operations.create>['results']

/** @throws AppError resource.not_found */
export async function getOperation({ db }: OperationsDeps, { merchantId }: Session, id: string): Promise<OperationRow> {
  const row = await findOperation(db.merchant(merchantId), merchantId, id)
  if (row === undefined) throw new AppError('resource.not_found', { id })
  return row
}

/** Each row is accepted or refused on its own; what is accepted exists together with the job that sends it. */
export async function createOperations(
  deps: OperationsDeps,
  session: Session,
  { operations: requests }: Parsed<typeof operations.create>['body'],
): Promise<{ results: Results }> {
  const { merchantId } = session
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const byOrder = await findPaymentIds(
        tx,
        merchantId,
        requests.flatMap((request) =>
          request.paymentId === undefined && request.shopId && request.orderNumber
            ? [{ shopId: request.shopId, orderNumber: request.orderNumber }]
            : [],
        ),
      )
      const paymentIdOf = (request: OperationRequest) =>
        request.paymentId ?? byOrder.get(`${request.shopId}|${request.orderNumber}`)
      const locked = await lockPayments(tx, merchantId, [
        ...new Set(requests.flatMap((request) => paymentIdOf(request) ?? [])),
      ])
      const known = await findByKeys(
        tx,
        merchantId,
        requests.map((request) => request.idempotencyKey),
      )

      const nowOf = (payment: LockedPayment) => deps.providerClocks.now(payment.state.books.connectionId)
      const terms = await listTerms(tx, merchantId, { kinds: ['after_payout'] })
      const rules = await findSafetyRules(tx, merchantId, session.userId)
      const { required } = await findReasonSettings(tx, merchantId)
      const accepted: NewOperation[] = []
      const taken = new Set<string>()
      const results: Results = requests.map((request, index) => {
        const hash = hashOf(request)
        const earlier = known.get(request.idempotencyKey)
        const answer = (operation: OperationRow | null, error: RowError | null) => ({
          index,
          idempotencyKey: request.idempotencyKey,
          operation,
          error,
        })
        if (earlier)
          return earlier.requestHash === hash
            ? answer(earlier.row, null)
            : answer(null, { code: 'idempotency.conflict', reason: null })
        const payment = locked.get(paymentIdOf(request) ?? '')
        if (payment === undefined) return answer(null, { code: 'resource.not_found', reason: null })
        const error = taken.has(payment.paymentId)
          ? { code: 'operation.in_flight', reason: 'operation_in_flight' }
          : refusalOf(payment, request, { permissions: session.permissions, today: dayOf(nowOf(payment)) }, terms)
        if (error) return answer(null, error)
        if (isReasonMissing(request, required))
          return answer(null, { code: 'request.invalid', reason: 'reason_missing' })
        const verdict = safetyOf(rules, payment, request)
        if (verdict === 'refuse') return answer(null, { code: 'action.not_allowed', reason: 'above_ceiling' })
        const operation = withHold(newOperation(session, payment, request, hash, verdict), rules, deps.clock)
        accepted.push(operation)
        taken.add(payment.paymentId)
        const row = acceptedRow(operation)
        known.set(request.idempotencyKey, { row, requestHash: hash })
        return answer(row, null)
      })

      await insertOperations(tx, merchantId, accepted)
      await auditMany(
        tx,
        accepted.map((operation) => ({
          merchantId,
          actor: person(session),
          action: `payment.${operation.kind}`,
          subject: { kind: 'payment', id: operation.paymentId },
          after: {
            operationId: operation.operationId,
            amountYen: operation.amountYen,
            ...planOf(operation),
            ...(isBegun(operation) ? {} : { waits: operation.state }),
          },
          ...(operation.reason === null ? {} : { reason: operation.reason }),
        })),
      )
      await holdBack(tx, merchantId, accepted)
      await begin(tx, deps, merchantId, { operations: accepted.filter(isBegun), locked, actor: person(session) })
      return { results }
    })
}

function isReasonMissing({ action, reason }: OperationRequest, required: readonly string[]): boolean {
  return required.includes(action) && (reason ?? '').trim() === ''
}

/** The day the order shall leave: what the shop decides by itself is told to the audit in full. */
function planOf({ kind, request }: NewOperation): Readonly<Record<string, unknown>> {
  return kind === 'plan_shipping' ? { shipOn: request['shipOn'] } : {}
}

function isBegun({ state }: NewOperation): boolean {
  return state === 'accepted' || state === 'done'
}

function withHold(operation: NewOperation, { holdSeconds }: SafetyRules, clock: Clock): NewOperation {
  return operation.state === 'held'
    ? { ...operation, sentAt: new Date(clock.now().getTime() + holdSeconds * 1000) }
    : operation
}
