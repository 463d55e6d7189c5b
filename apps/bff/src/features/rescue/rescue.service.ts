import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { rescue, RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { actionsOf, paymentCan } from '@choba/shared/states/payment.ts'
import { LONG_REVIEW_HOURS, type ScreeningResult } from '@choba/shared/states/screening.ts'
import { auditMany } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import { isUuid } from '../../core/uuid.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { actionFacts } from '../../domain/payment/payment.ts'
import { findKind, listQueue, type ProviderMoment, totalQueue } from './queue.queries.ts'
import {
  findSheet,
  isSetAside,
  latestOperations,
  listAttempts,
  listNpConnections,
  listStandings,
  setAside,
} from './rescue.queries.ts'

export type RescueDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

const HOUR_MS = 60 * 60 * 1000

export async function readQueue(
  deps: RescueDeps,
  { merchantId }: Session,
  query: Parsed<typeof rescue.list>['query'],
): Promise<Output<typeof rescue.list>> {
  return listQueue(deps.db.merchant(merchantId), merchantId, await momentsOf(deps, merchantId), query)
}

export async function readTotals(
  deps: RescueDeps,
  { merchantId }: Session,
  query: Parsed<typeof rescue.totals>['query'],
): Promise<Output<typeof rescue.totals>> {
  const moments = await momentsOf(deps, merchantId)
  return { byKind: await totalQueue(deps.db.merchant(merchantId), merchantId, moments, query) }
}

/** @throws AppError resource.not_found, also for a payment by another method */
export async function readSheet(deps: RescueDeps, session: Session, paymentId: string): Promise<RescueSheet> {
  const { merchantId, permissions } = session
  const db = deps.db.merchant(merchantId)
  const found = isUuid(paymentId) ? await findSheet(db, merchantId, paymentId) : undefined
  if (found === undefined) throw new AppError('resource.not_found', { id: paymentId })
  const moments = await momentsOf(deps, merchantId)
  const [attempts, operations, kind, aside] = await Promise.all([
    listAttempts(db, merchantId, paymentId),
    latestOperations(db, merchantId, [paymentId]),
    findKind(db, merchantId, moments, paymentId),
    isSetAside(db, merchantId, { paymentId, attempts: found.attempts }),
  ])
  const today = dayOf(deps.providerClocks.now(found.connectionId))
  const facts = actionFacts(found.state, found.inFlight)
  return {
    payment: {
      id: found.paymentId,
      shopId: found.shopId,
      status: found.status as RescueSheet['payment']['status'],
      orderNumber: found.orderNumber,
      orderedAt: found.orderedAt.toISOString(),
      amountYen: found.amountYen,
      inFlight: found.inFlight,
      npId: found.providerId,
    },
    kind: kind ?? null,
    reasons: found.reasons,
    invoice: found.invoiceDelivery as RescueSheet['invoice'],
    shipOn: found.shipOn,
    lapsesOn: found.lapsesOn,
    today,
    creditHeld: facts.creditHeld && found.status === 'on_hold',
    ...orderOf(found),
    attempts: attempts.map((attempt) => ({
      ...attempt,
      result: attempt.result as ScreeningResult,
      decidedAt: attempt.decidedAt.toISOString(),
    })),
    actions: actionsOf('np_postpaid').map((action) => ({
      action,
      verdict: paymentCan(action, facts, { permissions, today }),
    })),
    lastOperation: operations.get(paymentId) ?? null,
    setAside: aside,
  }
}

const NOBODY = { name: '', kana: '', company: '', department: '', zip: '', address: '', phone: '' }

/** Sheets of older orders lack what was not asked then. */
function orderOf({ customer, delivery, goods }: { customer: unknown; delivery: unknown; goods: unknown }) {
  return {
    customer: { ...NOBODY, email: '', ...(customer as Partial<RescueSheet['customer']>) },
    delivery: delivery === null ? null : { ...NOBODY, ...(delivery as Partial<RescueSheet['customer']>) },
    goods: goods as RescueSheet['goods'],
  }
}

export async function readOutcomes(
  { db }: RescueDeps,
  { merchantId }: Session,
  { paymentIds }: Parsed<typeof rescue.outcomes>['body'],
): Promise<Output<typeof rescue.outcomes>> {
  const scoped = db.merchant(merchantId)
  const [rows, operations] = await Promise.all([
    listStandings(scoped, merchantId, paymentIds),
    latestOperations(scoped, merchantId, paymentIds),
  ])
  const items = rows.map(({ paymentId, status, ...row }) => {
    const operation = operations.get(paymentId)
    const gone = operation?.state === 'refused' || operation?.state === 'failed'
    return {
      id: paymentId,
      status: status as RescueSheet['payment']['status'],
      ...row,
      codes: gone ? operation.codes : [],
    }
  })
  return { items }
}

/** Twice is once: what is aside already, and what must be cancelled at NP first, is left as it is. */
export async function putAside(
  { db }: RescueDeps,
  session: Session,
  { paymentIds }: Parsed<typeof rescue.setAside>['body'],
): Promise<Output<typeof rescue.setAside>> {
  const { merchantId } = session
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const done = await setAside(tx, merchantId, [...new Set(paymentIds)], session.userId)
      await auditMany(
        tx,
        done.map((paymentId) => ({
          merchantId,
          actor: person(session),
          action: 'payment.set_aside',
          subject: { kind: 'payment', id: paymentId },
        })),
      )
      return { setAside: done.length }
    })
}

/** Deadlines are the provider's, so each connection is judged by its own clock. */
async function momentsOf({ db, providerClocks }: RescueDeps, merchantId: string): Promise<ProviderMoment[]> {
  const connections = await listNpConnections(db.merchant(merchantId), merchantId)
  return connections.map(({ connectionId, settings }) => {
    const now = providerClocks.now(connectionId)
    const hours = settings['longReviewHours']
    const longMs = (typeof hours === 'number' ? hours : LONG_REVIEW_HOURS) * HOUR_MS
    return { connectionId, today: dayOf(now), now, longSince: new Date(now.getTime() - longMs) }
  })
}
