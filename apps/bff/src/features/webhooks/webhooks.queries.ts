import type { Kysely, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { WebhookTable } from '../../db/tables/webhooks.ts'

export type Counts = { readonly pending: number; readonly delivered: number; readonly failed: number }
export type WebhookRecord = Omit<Selectable<WebhookTable>, 'secretBox' | 'cursor'> &
  Counts & { readonly lastDeliveredAt: Date | null }

/** With how its deliveries went. A merchant has a handful. */
export function listWebhooks(db: Kysely<Database>, merchantId: string, webhookId?: string): Promise<WebhookRecord[]> {
  return db
    .selectFrom('webhook as w')
    .leftJoin('webhookDelivery as d', (join) =>
      join.onRef('d.merchantId', '=', 'w.merchantId').onRef('d.webhookId', '=', 'w.webhookId'),
    )
    .select(['w.merchantId', 'w.webhookId', 'w.name', 'w.url', 'w.events', 'w.isActive', 'w.createdBy', 'w.createdAt'])
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('d.state', '=', 'pending').as('pending'),
      eb.fn.countAll<number>().filterWhere('d.state', '=', 'delivered').as('delivered'),
      eb.fn.countAll<number>().filterWhere('d.state', '=', 'failed').as('failed'),
      sql<Date | null>`max(d.ended_at) filter (where d.state = 'delivered')`.as('lastDeliveredAt'),
    ])
    .where('w.merchantId', '=', merchantId)
    .$if(webhookId !== undefined, (query) => query.where('w.webhookId', '=', webhookId as string))
    .groupBy(['w.merchantId', 'w.webhookId'])
    .orderBy('w.createdAt')
    .orderBy('w.webhookId')
    .execute()
}

/** How far the merchant's chain of events reaches: a new address hears of what comes after. */
export async function readHead(db: Kysely<Database>, merchantId: string): Promise<number> {
  const head = await db
    .selectFrom('chainHead')
    .select('position')
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  return head?.position ?? 0
}

/** False when the id is taken. */
export async function insertWebhook(tx: Kysely<Database>, row: Selectable<WebhookTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('webhook')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export function lockWebhook(
  tx: Kysely<Database>,
  merchantId: string,
  webhookId: string,
): Promise<Selectable<WebhookTable> | undefined> {
  return tx
    .selectFrom('webhook')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('webhookId', '=', webhookId)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateWebhook(
  tx: Kysely<Database>,
  { merchantId, webhookId }: { readonly merchantId: string; readonly webhookId: string },
  change: Partial<Pick<Selectable<WebhookTable>, 'name' | 'url' | 'events' | 'isActive' | 'cursor' | 'secretBox'>>,
): Promise<void> {
  await tx
    .updateTable('webhook')
    .set(change)
    .where('merchantId', '=', merchantId)
    .where('webhookId', '=', webhookId)
    .execute()
}

export async function deleteWebhook(tx: Kysely<Database>, merchantId: string, webhookId: string): Promise<void> {
  await tx.deleteFrom('webhook').where('merchantId', '=', merchantId).where('webhookId', '=', webhookId).execute()
}

export async function readEnvironment(db: Kysely<Database>, merchantId: string): Promise<'live' | 'sandbox'> {
  const { environment } = await db
    .selectFrom('merchant')
    .select('environment')
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
  return environment
}
