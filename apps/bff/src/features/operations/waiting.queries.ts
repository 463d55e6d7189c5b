/** Operations that wait for another person, or for the end of the while in which they can be taken back. */
import { type Kysely, sql } from 'kysely'
import { KEY_PREFIX } from '../../core/actor.ts'
import type { Database } from '../../db/schema.ts'
import type { NewOperation } from './operations.queries.ts'

export type WaitingState = 'requested' | 'held'
export type WaitingRow = Omit<NewOperation, 'state' | 'sentAt'> & {
  readonly state: WaitingState
  readonly sentAt: Date | null
  readonly requestedAt: Date
  /** Who stands behind a key that asked: whoever issued it. */
  readonly issuedBy: string | null
}

const WAITING = sql`o.operation_id, o.payment_id, o.connection_id, o.kind, o.state, o.idempotency_key, o.request_hash, o.request,
    o.amount_yen, o.reason, o.actor_kind, o.actor_id, o.sent_at, o.requested_at,
    (select k.created_by from api_key k where k.merchant_id = o.merchant_id and ${KEY_PREFIX} || k.key_id::text = o.actor_id) as issued_by`

type Listed = WaitingRow & {
  readonly orderNumber: string
  readonly customerName: string
  readonly shopId: string
  readonly method: string
  readonly paymentAmountYen: number
  readonly capturedYen: number
  readonly refundedYen: number
}

/** The oldest first. Served by operation_waiting. */
export async function listWaiting(
  db: Kysely<Database>,
  merchantId: string,
  paymentId: string | undefined,
): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select ${WAITING}, p.order_number, p.customer_name, p.shop_id, p.method, p.amount_yen as payment_amount_yen, p.captured_yen, p.refunded_yen
      from operation o join payment p on p.merchant_id = o.merchant_id and p.payment_id = o.payment_id
      where o.merchant_id = ${merchantId}::uuid and o.state in ('requested', 'held')
        and ${paymentId === undefined ? sql`true` : sql`o.payment_id = ${paymentId}::uuid`}
      order by o.requested_at limit 500`.execute(db)
  return rows
}

export async function findPaymentOf(
  db: Kysely<Database>,
  merchantId: string,
  operationId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('operation')
    .select('paymentId')
    .where('merchantId', '=', merchantId)
    .where('operationId', '=', operationId)
    .executeTakeFirst()
  return row?.paymentId
}

/** Undefined when it waits no more. Its payment is locked before it, as everywhere. */
export async function lockWaiting(
  tx: Kysely<Database>,
  merchantId: string,
  operationId: string,
): Promise<WaitingRow | undefined> {
  const { rows } = await sql<WaitingRow>`
    select ${WAITING} from operation o
      where o.merchant_id = ${merchantId}::uuid and o.operation_id = ${operationId}::uuid and o.state in ('requested', 'held') for update of o`.execute(
    tx,
  )
  return rows[0]
}

export type Decision = {
  readonly state: 'accepted' | 'declined' | 'withdrawn'
  readonly decidedBy: string | null
  readonly decidedReason: string | null
  readonly codes?: readonly string[]
}

export async function putDecision(
  tx: Kysely<Database>,
  merchantId: string,
  operationId: string,
  { state, decidedBy, decidedReason, codes = [] }: Decision,
): Promise<void> {
  await sql`
    update operation set state = ${state}, decided_by = ${decidedBy}, decided_reason = ${decidedReason}, codes = ${[...codes]}::text[],
        ended_at = ${state === 'accepted' ? null : new Date()}
      where merchant_id = ${merchantId}::uuid and operation_id = ${operationId}::uuid`.execute(tx)
}
