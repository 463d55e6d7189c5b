/** The log of deliveries, and sending again by hand. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import { type DeliveryRow, WEBHOOK_PING, type webhooks } from '@choba/shared/contracts/webhooks.ts'
import { audit } from '../../audit/audit.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { enqueuePump } from './pump.ts'
import {
  type DeliveryRecord,
  findDelivery,
  insertDelivery,
  listDeliveries,
  pageOf,
  putBackDeliveries,
} from './deliveries.queries.ts'
import { auditOf, type WebhookDeps } from './webhooks.service.ts'
import { lockWebhook } from './webhooks.queries.ts'

export async function getDeliveries(
  { db }: WebhookDeps,
  { merchantId }: Session,
  query: Parsed<typeof webhooks.deliveries>['query'],
): Promise<Output<typeof webhooks.deliveries>> {
  const { rows, nextCursor } = pageOf(await listDeliveries(db.merchant(merchantId), merchantId, query))
  return { items: rows.map(toRow), nextCursor }
}

/** @throws AppError resource.not_found */
export async function getDelivery(
  { db }: WebhookDeps,
  { merchantId }: Session,
  deliveryId: string,
): Promise<Output<typeof webhooks.delivery>> {
  const found = await findDelivery(db.merchant(merchantId), { merchantId, deliveryId })
  if (found === undefined) throw new AppError('resource.not_found', { id: deliveryId })
  return { delivery: toRow(found), payload: found.payload, answered: found.answered }
}

/** @throws AppError resource.not_found */
export async function pingWebhook(
  { db, clock }: WebhookDeps,
  session: Session,
  webhookId: string,
  wishId: string,
): Promise<Record<string, never>> {
  const { merchantId } = session
  const at = clock.now()
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if ((await lockWebhook(tx, merchantId, webhookId)) === undefined)
        throw new AppError('resource.not_found', { id: webhookId })
      const payload = JSON.stringify({ id: wishId, type: WEBHOOK_PING, at: at.toISOString() })
      const key = { merchantId, deliveryId: uuidv7(), webhookId, eventKey: wishId }
      await insertDelivery(tx, { ...key, type: WEBHOOK_PING, payload, at })
      await audit(tx, auditOf(session, 'ping', webhookId))
      await enqueuePump(tx)
    })
  return {}
}

export async function replayDeliveries(
  { db, clock }: WebhookDeps,
  session: Session,
  which: Parsed<typeof webhooks.replay>['body'],
): Promise<Output<typeof webhooks.replay>> {
  const { merchantId } = session
  const replayed = await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const count = await putBackDeliveries(tx, merchantId, which, clock.now())
      const id = 'failedOf' in which ? which.failedOf : (which.ids[0] ?? '')
      if (count === 0) return count
      await audit(tx, { ...auditOf(session, 'replay', id), after: { replayed: count } })
      await enqueuePump(tx)
      return count
    })
  return { replayed }
}

function toRow(record: DeliveryRecord): DeliveryRow {
  return {
    id: record.deliveryId,
    webhookId: record.webhookId,
    type: record.type,
    state: record.state,
    attempts: record.attempts,
    createdAt: record.createdAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
    nextAt: record.state === 'pending' ? record.nextAt.toISOString() : null,
    lastStatus: record.lastStatus,
    lastError: record.lastError,
    lastMs: record.lastMs,
  }
}
