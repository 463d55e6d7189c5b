import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

export type Behind = {
  readonly merchantId: string
  readonly webhookId: string
  readonly events: readonly string[]
  readonly cursor: number
  readonly head: number
}

/** An address that has not heard everything, locked: another process takes another one. */
export function lockOneBehind(tx: Kysely<Database>): Promise<Behind | undefined> {
  return tx
    .selectFrom('webhook as w')
    .innerJoin('chainHead as h', 'h.merchantId', 'w.merchantId')
    .select(['w.merchantId', 'w.webhookId', 'w.events', 'w.cursor', 'h.position as head'])
    .where('w.isActive', '=', true)
    .whereRef('h.position', '>', 'w.cursor')
    .orderBy('w.webhookId')
    .limit(1)
    .forUpdate('w')
    .skipLocked()
    .executeTakeFirst()
}

export type ToldEvent = {
  readonly position: number
  readonly type: string
  readonly at: Date
  readonly paymentId: string
  readonly sequence: number
  readonly orderNumber: string
  readonly shop: string
  readonly method: string
  readonly status: string
  readonly amountYen: number
  readonly capturedYen: number
  readonly refundedYen: number
  readonly providerId: string | null
}

/** With the payment as it stands now. No name, address or telephone number is among it. */
export function listEventsAfter(
  tx: Kysely<Database>,
  { merchantId, cursor }: Pick<Behind, 'merchantId' | 'cursor'>,
  upto: number,
): Promise<ToldEvent[]> {
  return (
    tx
      .selectFrom('paymentEvent as e')
      .innerJoin('payment as p', (join) =>
        join.onRef('p.merchantId', '=', 'e.merchantId').onRef('p.paymentId', '=', 'e.paymentId'),
      )
      .innerJoin('shop as s', (join) =>
        join.onRef('s.merchantId', '=', 'p.merchantId').onRef('s.shopId', '=', 'p.shopId'),
      )
      .select(['e.position', 'e.type', 'e.at', 'e.paymentId', 'e.sequence', 'p.orderNumber', 's.code as shop'])
      .select(['p.method', 'p.status', 'p.amountYen', 'p.capturedYen', 'p.refundedYen', 'p.providerId'])
      .where('e.merchantId', '=', merchantId)
      .where('e.position', '>', cursor)
      .where('e.position', '<=', upto)
      // What a file told of the past is no news to anybody; what a provider says of it later is.
      .where(sql<boolean>`not (p.connection_method = 'imported' and e.message_id is null and e.operation_id is null)`)
      .orderBy('e.position')
      .execute()
  )
}

export type NewDelivery = {
  readonly deliveryId: string
  readonly eventKey: string
  readonly type: string
  readonly payload: string
}

/** In one statement, whatever their number. What was told before is left out. */
export async function insertDeliveries(
  tx: Kysely<Database>,
  { merchantId, webhookId }: Pick<Behind, 'merchantId' | 'webhookId'>,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<void> {
  if (deliveries.length === 0) return
  await sql`
    insert into webhook_delivery (merchant_id, delivery_id, webhook_id, event_key, type, payload, state, next_at, created_at)
    select ${merchantId}::uuid, d."deliveryId", ${webhookId}::uuid, d."eventKey", d.type, d.payload, 'pending',
           ${at}::timestamptz, ${at}::timestamptz
      from json_to_recordset(${JSON.stringify(deliveries)}::json)
        as d ("deliveryId" uuid, "eventKey" text, type text, payload text)
    on conflict do nothing`.execute(tx)
}
