import { type Kysely, sql } from 'kysely'
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import type { Database, OperationTable } from '../../db/schema.ts'
import type { OperationItem } from '../../providers/port.ts'

const ROW = [
  'operationId',
  'paymentId',
  'kind',
  'state',
  'amountYen',
  'reason',
  'codes',
  'actorId',
  'requestedAt',
  'endedAt',
  'idempotencyKey',
  'requestHash',
] as const
type Selected = Pick<
  OperationTable,
  | 'operationId'
  | 'paymentId'
  | 'kind'
  | 'state'
  | 'amountYen'
  | 'reason'
  | 'actorId'
  | 'idempotencyKey'
  | 'requestHash'
  | 'endedAt'
> & { codes: string[]; requestedAt: Date }

export async function findOperation(
  db: Kysely<Database>,
  merchantId: string,
  operationId: string,
): Promise<OperationRow | undefined> {
  const row = await db
    .selectFrom('operation')
    .select(ROW)
    .where('merchantId', '=', merchantId)
    .where('operationId', '=', operationId)
    .executeTakeFirst()
  return row && operationView(row)
}

export async function findByKeys(
  db: Kysely<Database>,
  merchantId: string,
  keys: readonly string[],
): Promise<Map<string, { row: OperationRow; requestHash: string }>> {
  const rows = await db
    .selectFrom('operation')
    .select(ROW)
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', sql<string>`any(${keys}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.idempotencyKey, { row: operationView(row), requestHash: row.requestHash }]))
}

export function operationView(row: Selected): OperationRow {
  return {
    id: row.operationId,
    paymentId: row.paymentId,
    kind: row.kind as OperationRow['kind'],
    state: row.state,
    amountYen: row.amountYen,
    reason: row.reason,
    codes: row.codes,
    requestedBy: row.actorId ?? '',
    requestedAt: row.requestedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

/** Payment ids by shop and order number, the latest branch of each. */
export async function findPaymentIds(
  db: Kysely<Database>,
  merchantId: string,
  orders: ReadonlyArray<{ shopId: string; orderNumber: string }>,
): Promise<Map<string, string>> {
  if (orders.length === 0) return new Map()
  const rows = await sql<{ shopId: string; orderNumber: string; paymentId: string }>`
    select distinct on (p.shop_id, p.order_number) p.shop_id, p.order_number, p.payment_id
      from json_to_recordset(${JSON.stringify(orders)}::json) as o ("shopId" uuid, "orderNumber" text)
      join payment p on p.merchant_id = ${merchantId}::uuid and p.shop_id = o."shopId" and p.order_number = o."orderNumber"
      order by p.shop_id, p.order_number, p.order_branch desc`.execute(db)
  return new Map(rows.rows.map((row) => [`${row.shopId}|${row.orderNumber}`, row.paymentId]))
}

/** The branch that another claim of an order gets. */
export async function nextBranch(
  tx: Kysely<Database>,
  merchantId: string,
  order: { readonly shopId: string; readonly orderNumber: string },
): Promise<number> {
  const { last } = await tx
    .selectFrom('payment')
    .select((eb) => eb.fn.max('orderBranch').as('last'))
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', order.shopId)
    .where('orderNumber', '=', order.orderNumber)
    .executeTakeFirstOrThrow()
  return last + 1
}

/** What orders say of customer, delivery and goods. */
export async function findSheets(
  tx: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<Map<string, Sheet>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('orderDetail')
    .select(['paymentId', 'customer', 'delivery', 'goods'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${paymentIds}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.paymentId, row as unknown as Sheet])) // written by the door with these names
}
type Sheet = Pick<OperationItem, 'customer' | 'delivery' | 'goods'>

export type NewOperation = {
  readonly operationId: string
  /** Done at once where no provider is asked. */
  readonly state: 'requested' | 'held' | 'accepted' | 'done'
  /** When a held one is sent. */
  readonly sentAt?: Date
  readonly paymentId: string
  readonly connectionId: string
  readonly kind: string
  readonly idempotencyKey: string
  readonly requestHash: string
  readonly request: Record<string, unknown>
  readonly amountYen: number | null
  readonly reason: string | null
  readonly actorKind: string
  readonly actorId: string
}

export async function insertOperations(
  tx: Kysely<Database>,
  merchantId: string,
  operations: readonly NewOperation[],
): Promise<void> {
  if (operations.length === 0) return
  await tx
    .insertInto('operation')
    .values(
      operations.map((operation) => ({
        ...operation,
        merchantId,
        request: JSON.stringify(operation.request),
        startedAt: null,
        endedAt: operation.state === 'done' ? new Date() : null,
      })),
    )
    .execute()
}

/** Takes operations in hand: accepted ones may be sent, running ones were left behind by a crash. Others have ended. */
export async function takeOperations(
  tx: Kysely<Database>,
  merchantId: string,
  operationIds: readonly string[],
): Promise<{ toSend: string[]; toInquire: string[] }> {
  const rows = await tx
    .selectFrom('operation')
    .select(['operationId', 'state'])
    .where('merchantId', '=', merchantId)
    .where('operationId', '=', sql<string>`any(${operationIds}::uuid[])`)
    .where('state', 'in', ['accepted', 'running', 'unknown'])
    .orderBy('operationId')
    .forUpdate()
    .execute()
  const toSend = rows.filter((row) => row.state === 'accepted').map((row) => row.operationId)
  const toInquire = rows.filter((row) => row.state !== 'accepted').map((row) => row.operationId)
  if (toSend.length > 0) {
    await tx
      .updateTable('operation')
      .set((eb) => ({ state: 'running', startedAt: new Date(), attempts: eb('attempts', '+', 1) }))
      .where('merchantId', '=', merchantId)
      .where('operationId', '=', sql<string>`any(${toSend}::uuid[])`)
      .execute()
  }
  return { toSend, toInquire }
}

/** Keeps what a first step reached. */
export async function saveProgress(
  tx: Kysely<Database>,
  merchantId: string,
  operationId: string,
  progress: Record<string, unknown>,
): Promise<void> {
  await tx
    .updateTable('operation')
    .set({ progress: JSON.stringify(progress) })
    .where('merchantId', '=', merchantId)
    .where('operationId', '=', operationId)
    .execute()
}

export type OperationEnd = {
  readonly operationId: string
  readonly state: 'done' | 'refused' | 'failed' | 'unknown' | 'accepted'
  readonly codes: readonly string[]
}

/** Ends or puts back operations in one statement. A one-time token has no use after its operation: it goes. */
export async function endOperations(
  tx: Kysely<Database>,
  merchantId: string,
  ends: readonly OperationEnd[],
): Promise<void> {
  if (ends.length === 0) return
  await sql`
    update operation set state = e.state, codes = array(select json_array_elements_text(e.codes)),
        ended_at = case when e.state in ('done', 'refused', 'failed') then now() end,
        request = case when e.state in ('done', 'refused', 'failed') then operation.request #- '{card,token}' #- '{card,tokenKey}' else operation.request end
      from json_to_recordset(${JSON.stringify(ends)}::json) as e ("operationId" uuid, state text, codes json)
      where operation.merchant_id = ${merchantId}::uuid and operation.operation_id = e."operationId"
        and operation.operation_id = any(${ends.map((end) => end.operationId)}::uuid[])`.execute(tx)
}
