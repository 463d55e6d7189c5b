/** Each try to charge a cycle: its order to be taken, and what became of its payment. */
import { type Kysely, sql } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import type { Database } from '../../db/schema.ts'
import type {
  SubscriptionAttemptTable,
  SubscriptionCustomer,
  SubscriptionGoods,
  SubscriptionPerson,
} from '../../db/tables/subscriptions.ts'
import type { At, Cycle, Subscription } from './scheduler.queries.ts'

export async function insertAttempt(
  tx: Kysely<Database>,
  attempt: Pick<
    SubscriptionAttemptTable,
    'merchantId' | 'subscriptionId' | 'number' | 'attempt' | 'method' | 'orderNumber' | 'askedOn'
  >,
): Promise<void> {
  await tx
    .insertInto('subscriptionAttempt')
    .values({ ...attempt, paymentId: null, outcome: 'open', endedOn: null })
    .execute()
}

/**
 * What was tried before leaves the rescue queue: whoever put it right now would have the customer pay twice. A corrected
 * payment has attempts of its own, and would stand there again.
 */
export async function setEarlierAside(
  tx: Kysely<Database>,
  { merchantId, subscriptionId, number }: Pick<Cycle, 'merchantId' | 'subscriptionId' | 'number'>,
  by: string,
): Promise<void> {
  await sql`
    insert into rescue_aside (merchant_id, payment_id, attempts, set_aside_by)
      select n.merchant_id, n.payment_id, n.attempts, ${by} from subscription_attempt a
        join np_postpaid n on n.merchant_id = a.merchant_id and n.payment_id = a.payment_id
        where a.merchant_id = ${merchantId}::uuid and a.subscription_id = ${subscriptionId}::uuid and a.number = ${number} and a.outcome = 'failed'
      on conflict (merchant_id, payment_id) do update set attempts = excluded.attempts, set_aside_by = excluded.set_aside_by, set_aside_at = now()`.execute(
    tx,
  )
}

export type AttemptKey = Pick<SubscriptionAttemptTable, 'merchantId' | 'subscriptionId' | 'number' | 'attempt'>

/** A try whose order has not been taken yet, with everything the order says. */
export type UnsentAttempt = AttemptKey &
  Pick<SubscriptionAttemptTable, 'method' | 'orderNumber'> &
  Pick<Subscription, 'shopId' | 'kind' | 'invoice' | 'trackingId' | 'fallbackStore'> &
  Pick<Cycle, 'fallsOn'> & {
    readonly amountYen: number
    readonly customer: SubscriptionCustomer
    readonly delivery: SubscriptionPerson | null
    readonly goods: SubscriptionGoods[]
  }

/** Served by subscription_attempt_open. */
export async function listUnsent(db: Kysely<Database>, at: At, limit: number): Promise<UnsentAttempt[]> {
  const { rows } = await sql<UnsentAttempt>`
    select a.merchant_id, a.subscription_id, a.number, a.attempt, a.method, a.order_number, s.shop_id, s.kind, s.invoice, s.tracking_id,
        s.fallback_store, c.falls_on, c.amount_yen, s.customer, s.delivery, c.goods
      from subscription_attempt a
      join subscription s on s.merchant_id = a.merchant_id and s.subscription_id = a.subscription_id
      join subscription_cycle c on c.merchant_id = a.merchant_id and c.subscription_id = a.subscription_id and c.number = a.number
      where a.merchant_id = ${at.merchantId}::uuid and a.outcome = 'open' and a.payment_id is null and s.connection_id = ${at.connectionId}::uuid
      order by a.subscription_id, a.number limit ${limit}`.execute(db)
  return rows
}

/** Longer than any approval holds (np-postpaid 5: 90 days). */
const RESCUED_WITHIN_DAYS = 180

/** A try whose payment has come to something. */
export type ToldAttempt = AttemptKey & {
  readonly method: string
  readonly outcome: SubscriptionAttemptTable['outcome']
  readonly paymentId: string
  readonly status: PaymentStatus
  readonly reasons: string[]
}

/**
 * Payments that have moved on, of cycles that are still followed. A cycle that failed is followed too: a person may
 * rescue its payment. Of an order with several claims (a slip issued anew) the newest counts (payment_order_unique).
 * Served by subscription_cycle_open.
 */
export async function listFollowed(db: Kysely<Database>, at: At): Promise<ToldAttempt[]> {
  const { rows } = await sql<ToldAttempt>`
    select a.merchant_id, a.subscription_id, a.number, a.attempt, a.method, a.outcome, p.payment_id, p.status, p.reasons
      from subscription_cycle c
      join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id
      join subscription_attempt a on a.merchant_id = c.merchant_id and a.subscription_id = c.subscription_id and a.number = c.number
      join lateral (select p.payment_id, p.status, p.reasons from payment p where p.merchant_id = a.merchant_id and p.shop_id = s.shop_id
        and p.order_number = a.order_number order by p.order_branch desc limit 1) p on a.payment_id is not null
      where c.merchant_id = ${at.merchantId}::uuid and (c.state in ('charging', 'held', 'retrying') or c.state = 'failed' and c.falls_on > ${at.today}::date - ${RESCUED_WITHIN_DAYS}::integer) and s.connection_id = ${at.connectionId}::uuid
        and not (a.outcome = 'open' and a.payment_id = p.payment_id and (c.state = 'charging' and p.status in ('registered', 'in_review', 'awaiting_payment') or c.state = 'held' and p.status = 'on_hold'))
        and (a.outcome = 'open' or (a.outcome = 'failed' and p.status not in ('rejected', 'failed', 'expired', 'cancelled', 'registered')))
      order by a.subscription_id, a.number, a.attempt`.execute(db)
  return rows
}

export async function saveAttempt(
  tx: Kysely<Database>,
  key: AttemptKey,
  change: Partial<Pick<SubscriptionAttemptTable, 'paymentId' | 'outcome'>> & {
    readonly endedOn?: BusinessDate
    readonly codes?: string[]
  },
): Promise<void> {
  await tx
    .updateTable('subscriptionAttempt')
    .set(change)
    .where('merchantId', '=', key.merchantId)
    .where('subscriptionId', '=', key.subscriptionId)
    .where('number', '=', key.number)
    .where('attempt', '=', key.attempt)
    .execute()
}

/** The payments of tries whose orders were taken: of the tries, and of their cycles. */
export async function saveTaken(
  tx: Kysely<Database>,
  taken: ReadonlyArray<AttemptKey & { readonly paymentId: string }>,
): Promise<void> {
  if (taken.length === 0) return
  const rows = sql`json_to_recordset(${JSON.stringify(taken.map(keyed))}::json) as t (m uuid, s uuid, n integer, a smallint, p uuid)`
  await sql`
    update subscription_attempt x set payment_id = t.p from ${rows}
      where x.merchant_id = t.m and x.subscription_id = t.s and x.number = t.n and x.attempt = t.a`.execute(tx)
  await sql`
    update subscription_cycle x set payment_id = t.p from ${rows}
      where x.merchant_id = t.m and x.subscription_id = t.s and x.number = t.n`.execute(tx)
}

function keyed({
  merchantId,
  subscriptionId,
  number,
  attempt,
  paymentId,
}: AttemptKey & { readonly paymentId: string }) {
  return { m: merchantId, s: subscriptionId, n: number, a: attempt, p: paymentId }
}

export type LockedCycle = { readonly cycle: Cycle; readonly subscription: Subscription }

/** The subscription first, then its cycle: everybody locks in this order. */
export async function lockCycle(
  tx: Kysely<Database>,
  { merchantId, subscriptionId, number }: Pick<Cycle, 'merchantId' | 'subscriptionId' | 'number'>,
): Promise<LockedCycle> {
  const subscription = await lockSubscription(tx, merchantId, subscriptionId)
  const cycle = await tx
    .selectFrom('subscriptionCycle')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { cycle, subscription: subscription as Subscription } // its cycle refers to it
}

export function lockSubscription(
  tx: Kysely<Database>,
  merchantId: string,
  subscriptionId: string,
): Promise<Subscription | undefined> {
  return tx
    .selectFrom('subscription')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .forUpdate()
    .executeTakeFirst()
}

export function findAttemptOutcome(
  tx: Kysely<Database>,
  key: AttemptKey,
): Promise<Pick<SubscriptionAttemptTable, 'outcome'> | undefined> {
  return tx
    .selectFrom('subscriptionAttempt')
    .select('outcome')
    .where('merchantId', '=', key.merchantId)
    .where('subscriptionId', '=', key.subscriptionId)
    .where('number', '=', key.number)
    .where('attempt', '=', key.attempt)
    .executeTakeFirst()
}
