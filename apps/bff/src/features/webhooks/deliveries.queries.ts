import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { DeliveryState, WebhookDeliveryTable } from '../../db/tables/webhooks.ts'

export type DeliveryRecord = Selectable<WebhookDeliveryTable>
/** What one HTTP attempt brought. */
export type Attempt = {
  readonly ok: boolean
  readonly status: number | null
  readonly error: string | null
  readonly ms: number
  /** The beginning of what the receiver said. */
  readonly answered: string | null
}

type Key = { readonly merchantId: string; readonly deliveryId: string }
const PAGE = 50

/** Newest first: the id is made by time. */
export function listDeliveries(
  db: Kysely<Database>,
  merchantId: string,
  filter: {
    readonly webhook?: string | undefined
    readonly state?: DeliveryState | undefined
    readonly cursor?: string | undefined
  },
): Promise<DeliveryRecord[]> {
  const { webhook, state, cursor } = filter
  return db
    .selectFrom('webhookDelivery')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .$if(webhook !== undefined, (query) => query.where('webhookId', '=', webhook as string))
    .$if(state !== undefined, (query) => query.where('state', '=', state as DeliveryState))
    .$if(cursor !== undefined, (query) => query.where('deliveryId', '<', cursor as string))
    .orderBy('deliveryId', 'desc')
    .limit(PAGE + 1)
    .execute()
}

export function pageOf(rows: readonly DeliveryRecord[]): {
  rows: readonly DeliveryRecord[]
  nextCursor: string | null
} {
  const page = rows.slice(0, PAGE)
  return { rows: page, nextCursor: rows.length > PAGE ? (page.at(-1)?.deliveryId ?? null) : null }
}

export function findDelivery(
  db: Kysely<Database>,
  { merchantId, deliveryId }: Key,
): Promise<DeliveryRecord | undefined> {
  return db
    .selectFrom('webhookDelivery')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('deliveryId', '=', deliveryId)
    .executeTakeFirst()
}

export async function insertDelivery(
  tx: Kysely<Database>,
  row: Key & Pick<DeliveryRecord, 'webhookId' | 'eventKey' | 'type' | 'payload'> & { readonly at: Date },
): Promise<void> {
  const { at, ...facts } = row
  await tx
    .insertInto('webhookDelivery')
    .values({
      ...facts,
      state: 'pending',
      nextAt: at,
      createdAt: at,
      leaseUntil: null,
      lastStatus: null,
      lastError: null,
      lastMs: null,
      answered: null,
      endedAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** From the next look on. What is under way is left alone. */
export async function putBackDeliveries(
  tx: Kysely<Database>,
  merchantId: string,
  which: { readonly ids: readonly string[] } | { readonly failedOf: string },
  at: Date,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('webhookDelivery')
    .set({ state: 'pending', attempts: 0, nextAt: at, endedAt: null })
    .where('merchantId', '=', merchantId)
    .where('state', '!=', 'pending')
    .$if('ids' in which, (query) => query.where('deliveryId', 'in', 'ids' in which ? [...which.ids] : []))
    .$if('failedOf' in which, (query) =>
      query.where('webhookId', '=', 'failedOf' in which ? which.failedOf : '').where('state', '=', 'failed'),
    )
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export type Due = Pick<DeliveryRecord, 'merchantId' | 'deliveryId' | 'webhookId' | 'type' | 'payload' | 'attempts'> & {
  readonly url: string
  readonly secretBox: string
}

/** Takes what is due for a while: whoever dies with it loses it to the next one. */
export async function leaseDue(
  owner: Kysely<Database>,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    update webhook_delivery d set lease_until = ${until}
      from webhook w, (
        select q.merchant_id, q.delivery_id from webhook_delivery q
          join webhook a on a.merchant_id = q.merchant_id and a.webhook_id = q.webhook_id and a.is_active
         where q.state = 'pending' and q.next_at <= ${now} and (q.lease_until is null or q.lease_until < ${now})
         order by q.next_at, q.delivery_id limit ${limit} for update of q skip locked) due
     where d.merchant_id = due.merchant_id and d.delivery_id = due.delivery_id
       and w.merchant_id = d.merchant_id and w.webhook_id = d.webhook_id
    returning d.merchant_id, d.delivery_id, d.webhook_id, d.type, d.payload, d.attempts, w.url, w.secret_box`.execute(
    owner,
  )
  return rows
}

export async function noteAttempt(
  owner: Kysely<Database>,
  { merchantId, deliveryId }: Key,
  { status, error, ms, answered }: Attempt,
  next: { readonly state: DeliveryState; readonly nextAt: Date; readonly endedAt: Date | null },
): Promise<void> {
  await owner
    .updateTable('webhookDelivery')
    .set((eb) => ({
      ...next,
      attempts: eb('attempts', '+', 1),
      leaseUntil: null,
      lastStatus: status,
      lastError: error,
      lastMs: ms,
      answered,
    }))
    .where('merchantId', '=', merchantId)
    .where('deliveryId', '=', deliveryId)
    .execute()
}

export async function dropOldDeliveries(owner: Kysely<Database>, before: Date): Promise<void> {
  await owner.deleteFrom('webhookDelivery').where('state', '!=', 'pending').where('createdAt', '<', before).execute()
}
