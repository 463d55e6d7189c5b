import { type Kysely, sql } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import type { Database, OperationTable } from '../../db/schema.ts'
import type { OperationItem } from '../../providers/port.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'

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

export type NewOperation = {
  readonly operationId: string
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
        state: 'accepted' as const,
        request: JSON.stringify(operation.request),
        startedAt: null,
        endedAt: null,
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

export type LoadedOperation = { readonly item: OperationItem; readonly attempts: number }

/** What a provider must be told, read together. */
export async function loadOperations(
  db: Kysely<Database>,
  merchantId: string,
  operationIds: readonly string[],
  today: BusinessDate,
): Promise<Map<string, LoadedOperation>> {
  const rows = await db
    .selectFrom('operation as o')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.merchantId', '=', 'o.merchantId').onRef('p.paymentId', '=', 'o.paymentId'),
    )
    .innerJoin('orderDetail as d', (join) =>
      join.onRef('d.merchantId', '=', 'o.merchantId').onRef('d.paymentId', '=', 'o.paymentId'),
    )
    .select([
      'o.operationId',
      'o.kind',
      'o.amountYen',
      'o.request',
      'o.progress',
      'o.attempts',
      'p.paymentId',
      'p.state',
      'd.customer',
      'd.delivery',
      'd.goods',
    ])
    .select([
      'p.method',
      'p.orderNumber',
      'p.orderBranch',
      'p.orderedAt',
      'p.amountYen as billedYen',
      'p.capturedYen',
      'p.refundedYen',
      'p.providerId',
      'p.transactionId',
    ])
    .select((eb) =>
      eb
        .selectFrom('operation as r')
        .whereRef('r.merchantId', '=', 'o.merchantId')
        .whereRef('r.paymentId', '=', 'o.paymentId')
        .where('r.kind', '=', 'refund')
        .where('r.state', '=', 'done')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('refundsBefore'),
    )
    // What was said at registration (invoice in the parcel, store, sales mode) holds for what follows.
    .select((eb) =>
      eb
        .selectFrom('operation as f')
        .whereRef('f.merchantId', '=', 'o.merchantId')
        .whereRef('f.paymentId', '=', 'o.paymentId')
        .where('f.kind', '=', 'register')
        .select('f.request')
        .orderBy('f.requestedAt')
        .limit(1)
        .as('registration'),
    )
    .where('o.merchantId', '=', merchantId)
    .where('o.operationId', '=', sql<string>`any(${operationIds}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => {
      const { books } = row.state as PaymentState
      const item: OperationItem = {
        operationId: row.operationId,
        kind: row.kind as OperationItem['kind'],
        amountYen: row.amountYen,
        request: { ...row.registration, ...row.request },
        today,
        progress: row.progress,
        refundsBefore: row.refundsBefore ?? 0,
        payment: {
          paymentId: row.paymentId,
          method: row.method,
          orderNumber: row.orderNumber,
          orderBranch: row.orderBranch,
          orderedAt: row.orderedAt.toISOString(),
          amountYen: row.billedYen,
          taxYen: books.taxes.reduce((sum, line) => sum + line.taxYen, 0),
          capturedYen: row.capturedYen,
          refundedYen: row.refundedYen,
          providerId: row.providerId,
          transactionId: row.transactionId,
        },
        customer: row.customer as OperationItem['customer'],
        delivery: row.delivery as OperationItem['delivery'],
        goods: row.goods as OperationItem['goods'],
      }
      return [row.operationId, { item, attempts: row.attempts }]
    }),
  )
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
