/** Addresses of the merchant's own programs that want to be told what happens to payments. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { WebhookRow, webhooks } from '@choba/shared/contracts/webhooks.ts'
import { audit, type AuditEntry } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listNames } from '../../db/people.ts'
import { checkAddress } from './address.ts'
import { makeSecret, webhookContext } from './signature.ts'
import {
  deleteWebhook,
  insertWebhook,
  listWebhooks,
  lockWebhook,
  readEnvironment,
  readHead,
  updateWebhook,
  type WebhookRecord,
} from './webhooks.queries.ts'

export type WebhookDeps = { readonly db: Db; readonly clock: Clock; readonly secrets: SecretBox }

export async function getWebhooks(deps: WebhookDeps, { merchantId }: Session): Promise<Output<typeof webhooks.list>> {
  return { items: await toRows(deps, merchantId, await listWebhooks(deps.db.merchant(merchantId), merchantId)) }
}

/** @throws AppError webhook.address */
export async function createWebhook(
  deps: WebhookDeps,
  session: Session,
  { id, ...wanted }: Parsed<typeof webhooks.create>['body'],
): Promise<Output<typeof webhooks.create>> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  checkAddress(wanted.url, await readEnvironment(db, merchantId))
  const secret = makeSecret()
  const isNew = await db.transaction().execute(async (tx) => {
    const inserted = await insertWebhook(tx, {
      merchantId,
      webhookId: id,
      ...wanted,
      secretBox: deps.secrets.seal(secret, webhookContext(merchantId, id)),
      isActive: true,
      cursor: await readHead(tx, merchantId),
      createdBy: session.userId,
      createdAt: deps.clock.now(),
    })
    if (inserted) await audit(tx, { ...auditOf(session, 'create', id), after: wanted })
    return inserted
  })
  return { webhook: await readWebhook(deps, merchantId, id), secret: isNew ? secret : null }
}

/** @throws AppError resource.not_found, webhook.address */
export async function changeWebhook(
  deps: WebhookDeps,
  session: Session,
  id: string,
  wanted: Parsed<typeof webhooks.change>['body'],
): Promise<WebhookRow> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  checkAddress(wanted.url, await readEnvironment(db, merchantId))
  await db.transaction().execute(async (tx) => {
    const before = await lockWebhook(tx, merchantId, id)
    if (before === undefined) throw new AppError('resource.not_found', { id })
    const wakes = wanted.isActive && !before.isActive
    const cursor = wakes ? await readHead(tx, merchantId) : before.cursor
    await updateWebhook(tx, { merchantId, webhookId: id }, { ...wanted, cursor })
    const { name, url, events, isActive } = before
    await audit(tx, { ...auditOf(session, 'change', id), before: { name, url, events, isActive }, after: wanted })
  })
  return readWebhook(deps, merchantId, id)
}

/** @throws AppError resource.not_found */
export async function rotateSecret(
  deps: WebhookDeps,
  session: Session,
  id: string,
): Promise<Output<typeof webhooks.rotate>> {
  const { merchantId } = session
  const secret = makeSecret()
  const secretBox = deps.secrets.seal(secret, webhookContext(merchantId, id))
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if ((await lockWebhook(tx, merchantId, id)) === undefined) throw new AppError('resource.not_found', { id })
      await updateWebhook(tx, { merchantId, webhookId: id }, { secretBox })
      await audit(tx, auditOf(session, 'rotate', id))
    })
  return { secret }
}

/** With its deliveries. A second time changes nothing. */
export async function removeWebhook({ db }: WebhookDeps, session: Session, id: string): Promise<Record<string, never>> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = await lockWebhook(tx, merchantId, id)
      if (before === undefined) return
      await deleteWebhook(tx, merchantId, id)
      await audit(tx, { ...auditOf(session, 'remove', id), before: { name: before.name, url: before.url } })
    })
  return {}
}

export function auditOf(
  session: Session,
  verb: string,
  id: string,
): Pick<AuditEntry, 'merchantId' | 'actor' | 'action' | 'subject'> {
  return {
    merchantId: session.merchantId,
    actor: person(session),
    action: `webhook.${verb}`,
    subject: { kind: 'webhook', id },
  }
}

async function readWebhook(deps: WebhookDeps, merchantId: string, id: string): Promise<WebhookRow> {
  const records = await listWebhooks(deps.db.merchant(merchantId), merchantId, id)
  const [row] = await toRows(deps, merchantId, records)
  if (!row) throw new AppError('resource.not_found', { id })
  return row
}

async function toRows(
  { db }: WebhookDeps,
  merchantId: string,
  records: readonly WebhookRecord[],
): Promise<WebhookRow[]> {
  const names = await listNames(db, merchantId, [...new Set(records.map(({ createdBy }) => createdBy))])
  return records.map(({ webhookId, pending, delivered, failed, ...record }) => ({
    id: webhookId,
    name: record.name,
    url: record.url,
    events: record.events,
    isActive: record.isActive,
    createdBy: names.get(record.createdBy) ?? record.createdBy,
    createdAt: record.createdAt.toISOString(),
    counts: { pending, delivered, failed },
    lastDeliveredAt: record.lastDeliveredAt?.toISOString() ?? null,
  }))
}
