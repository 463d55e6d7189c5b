/** One payment of the rescue queue with its whole order, and what is written about it. */
import { type Kysely, sql } from 'kysely'
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import type { Database } from '../../db/schema.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'

export type NpConnection = { readonly connectionId: string; readonly settings: Readonly<Record<string, unknown>> }

export async function listNpConnections(db: Kysely<Database>, merchantId: string): Promise<NpConnection[]> {
  const rows = await db
    .selectFrom('connection')
    .select(['connectionId', 'settings'])
    .where('merchantId', '=', merchantId)
    .where(sql<boolean>`'np_postpaid' = any(methods)`)
    .execute()
  return rows as NpConnection[]
}

export async function findSheet(db: Kysely<Database>, merchantId: string, paymentId: string) {
  const row = await db
    .selectFrom('payment as p')
    .innerJoin('npPostpaid as n', (join) =>
      join.onRef('n.merchantId', '=', 'p.merchantId').onRef('n.paymentId', '=', 'p.paymentId'),
    )
    .innerJoin('orderDetail as d', (join) =>
      join.onRef('d.merchantId', '=', 'p.merchantId').onRef('d.paymentId', '=', 'p.paymentId'),
    )
    .select(['p.paymentId', 'p.shopId', 'p.status', 'p.orderNumber', 'p.orderedAt', 'p.amountYen', 'p.inFlight'])
    .select(['p.providerId', 'p.reasons', 'p.connectionId', 'p.state'])
    .select(['n.invoiceDelivery', 'n.shipOn', 'n.lapsesOn', 'n.attempts'])
    .select(['d.customer', 'd.delivery', 'd.goods'])
    .where('p.merchantId', '=', merchantId)
    .where('p.paymentId', '=', paymentId)
    .executeTakeFirst()
  return row && { ...row, state: row.state as PaymentState }
}

export function listAttempts(db: Kysely<Database>, merchantId: string, paymentId: string) {
  return db
    .selectFrom('screening')
    .select(['attempt', 'result', 'reasons', 'decidedAt', 'npId'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .orderBy('attempt', 'desc')
    .execute()
}

type LatestOperation = {
  operationId: string
  paymentId: string
  kind: string
  state: OperationRow['state']
  amountYen: number | null
  reason: string | null
  codes: string[]
  actorId: string | null
  requestedAt: Date
  endedAt: Date | null
}

/** The latest of each payment, by operation_by_payment. */
export async function latestOperations(
  db: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<Map<string, OperationRow>> {
  const { rows } = await sql<LatestOperation>`
    select distinct on (payment_id) operation_id, payment_id, kind, state, amount_yen, reason, codes, actor_id, requested_at, ended_at from operation
      where merchant_id = ${merchantId}::uuid and payment_id = any(${paymentIds}::uuid[])
      order by payment_id, requested_at desc, operation_id desc`.execute(db)
  return new Map(rows.map((row) => [row.paymentId, operationRow(row)]))
}

function operationRow(row: LatestOperation): OperationRow {
  return {
    id: row.operationId,
    paymentId: row.paymentId,
    kind: row.kind as OperationRow['kind'], // written only with kinds of the table of actions
    state: row.state,
    amountYen: row.amountYen,
    reason: row.reason,
    codes: row.codes,
    requestedBy: row.actorId ?? '',
    requestedAt: row.requestedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

export async function listStandings(db: Kysely<Database>, merchantId: string, paymentIds: readonly string[]) {
  return db
    .selectFrom('payment')
    .select(['paymentId', 'orderNumber', 'status', 'reasons', 'inFlight'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${paymentIds}::uuid[])`)
    .orderBy('paymentId')
    .execute()
}

export async function isSetAside(
  db: Kysely<Database>,
  merchantId: string,
  { paymentId, attempts }: { readonly paymentId: string; readonly attempts: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('rescueAside')
    .select('attempts')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .executeTakeFirst()
  return row?.attempts === attempts
}

/** Only what needs no cancelling at NP: a hold that is set aside would keep the customer's limit reserved. Answers the ids. */
export async function setAside(
  tx: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
  by: string,
): Promise<string[]> {
  const { rows } = await sql<{ paymentId: string }>`
    insert into rescue_aside (merchant_id, payment_id, attempts, set_aside_by)
      select n.merchant_id, n.payment_id, n.attempts, ${by} from np_postpaid n
        join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
        where n.merchant_id = ${merchantId}::uuid and n.payment_id = any(${paymentIds}::uuid[]) and p.status in ('rejected', 'failed', 'expired')
      on conflict (merchant_id, payment_id) do update set attempts = excluded.attempts, set_aside_by = excluded.set_aside_by, set_aside_at = now()
        where rescue_aside.attempts <> excluded.attempts
      returning payment_id`.execute(tx)
  return rows.map((row) => row.paymentId)
}
