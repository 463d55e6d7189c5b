import { type Kysely, sql } from 'kysely'
import type { Actor } from '../../core/actor.ts'
import { hasBegun } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'

export type KnownOrder = { readonly paymentId: string; readonly method: string; readonly amountYen: number }

/** Orders that are in the books already, by shop and order number. */
export async function findOrders(
  db: Kysely<Database>,
  merchantId: string,
  orders: ReadonlyArray<{ shopId: string; orderNumber: string }>,
): Promise<Map<string, KnownOrder>> {
  const rows = await sql<{ shopId: string; orderNumber: string } & KnownOrder>`
    select p.shop_id, p.order_number, p.payment_id, p.method, p.amount_yen
      from json_to_recordset(${JSON.stringify(orders)}::json) as o ("shopId" uuid, "orderNumber" text)
      join payment p on p.merchant_id = ${merchantId}::uuid and p.shop_id = o."shopId" and p.order_number = o."orderNumber" and p.order_branch = 0`.execute(
    db,
  )
  return new Map(rows.rows.map((row) => [orderKey(row), row]))
}

export function orderKey(order: { readonly shopId: string; readonly orderNumber: string }): string {
  return `${order.shopId}|${order.orderNumber}`
}

export type RouteRow = {
  readonly connectionId: string
  readonly shopId: string
  readonly connectionMethod: string
  readonly methods: string[]
}

/** Which connection takes a shop's orders of a method, newest agreement first. */
export function listRoutes(db: Kysely<Database>, merchantId: string): Promise<RouteRow[]> {
  return db
    .selectFrom('connection')
    .select(['connectionId', 'shopId', 'connectionMethod', 'methods'])
    .where('merchantId', '=', merchantId)
    .where(hasBegun)
    .orderBy('validFrom', 'desc')
    .orderBy('connectionId')
    .execute()
}

export async function insertRegistrations(
  tx: Kysely<Database>,
  merchantId: string,
  rows: ReadonlyArray<Registration>,
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('operation')
    .values(
      rows.map((row) => ({
        ...row,
        merchantId,
        kind: 'register',
        state: 'accepted' as const,
        request: JSON.stringify(row.request),
        startedAt: null,
        endedAt: null,
        reason: null,
      })),
    )
    .execute()
}

export type Registration = {
  readonly operationId: string
  readonly paymentId: string
  readonly connectionId: string
  readonly idempotencyKey: string
  readonly requestHash: string
  readonly request: Record<string, unknown>
  readonly amountYen: number
  readonly actorKind: Actor['kind']
  readonly actorId: string
}
