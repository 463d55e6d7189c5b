/** One subscription: its row, its cycles with their tries, its history, and the order it begins from. */
import { type Kysely, sql } from 'kysely'
import type { SubscriptionCycle, SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import type { Method } from '@choba/shared/methods.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { hasBegun } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import type { SubscriptionCustomer, SubscriptionGoods } from '../../db/tables/subscriptions.ts'
import type { Subscription } from './scheduler.queries.ts'

export function findSubscription(
  db: Kysely<Database>,
  merchantId: string,
  subscriptionId: string,
): Promise<Subscription | undefined> {
  return db
    .selectFrom('subscription')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .executeTakeFirst()
}

export function findSubscriptionByKey(
  tx: Kysely<Database>,
  merchantId: string,
  key: string,
): Promise<Subscription | undefined> {
  return tx
    .selectFrom('subscription')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', key)
    .executeTakeFirst()
}

/** The number of the next subscription; whoever else makes one waits until the transaction ends. */
export async function takeSerial(tx: Kysely<Database>, merchantId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`subscription:${merchantId}`}))`.execute(tx)
  const row = await tx
    .selectFrom('subscription')
    .select((eb) => eb.fn.max('serial').as('last'))
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  return Number(row?.last ?? 0) + 1
}

export async function insertSubscription(tx: Kysely<Database>, row: Subscription): Promise<void> {
  await tx
    .insertInto('subscription')
    .values({ ...row, ...documentsOf(row) })
    .execute()
}

function documentsOf({ customer, delivery, goods, meter }: Subscription) {
  return {
    customer: JSON.stringify(customer),
    delivery: delivery === null ? null : JSON.stringify(delivery),
    goods: JSON.stringify(goods),
    meter: meter === null ? null : JSON.stringify(meter),
  }
}

export type Route = { readonly connectionId: string; readonly method: Method }

/** Which connection takes each method of a shop, the newest agreement first. */
export async function listRoutes(db: Kysely<Database>, merchantId: string, shopId: string): Promise<Route[]> {
  const { rows } = await sql<Route>`
    select connection_id, unnest(methods) as method from connection
      where merchant_id = ${merchantId}::uuid and shop_id = ${shopId}::uuid and connection_method = 'api' and ${hasBegun}
      order by valid_from desc, connection_id`.execute(db)
  return rows
}

export type Basis = {
  readonly paymentId: string
  readonly method: Method
  readonly status: PaymentStatus
  readonly providerId: string | null
  readonly amountYen: number
  readonly customer: SubscriptionCustomer
  readonly goods: SubscriptionGoods[]
}

/** The newest payment of an order. By payment_order_unique. */
export async function findBasis(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  orderNumber: string,
): Promise<Basis | undefined> {
  const { rows } = await sql<Basis>`
    select p.payment_id, p.method, p.status, p.provider_id, p.amount_yen, d.customer, d.goods
      from payment p join order_detail d on d.merchant_id = p.merchant_id and d.payment_id = p.payment_id
      where p.merchant_id = ${merchantId}::uuid and p.shop_id = ${shopId}::uuid and p.order_number = ${orderNumber}
      order by p.order_branch desc limit 1`.execute(db)
  return rows[0]
}

export async function findOrderNumber(
  db: Kysely<Database>,
  merchantId: string,
  paymentId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('payment')
    .select('orderNumber')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .executeTakeFirst()
  return row?.orderNumber
}

export type CycleOfPayment = NonNullable<Output<typeof subscriptions.ofPayment>['cycle']>

/** By the order number of its try. */
export async function findCycleOfPayment(
  db: Kysely<Database>,
  merchantId: string,
  paymentId: string,
): Promise<CycleOfPayment | undefined> {
  const { rows } = await sql<CycleOfPayment>`
    select s.subscription_id, s.code, s.status, c.number, a.attempt, c.state, c.falls_on
      from payment p join subscription_attempt a on a.merchant_id = p.merchant_id and a.order_number = p.order_number
      join subscription_cycle c on c.merchant_id = a.merchant_id and c.subscription_id = a.subscription_id and c.number = a.number
      join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id and s.shop_id = p.shop_id
      where p.merchant_id = ${merchantId}::uuid and p.payment_id = ${paymentId}::uuid`.execute(db)
  return rows[0]
}

type Key = Pick<Subscription, 'merchantId' | 'subscriptionId'>

/** The newest cycles with their tries; one more than asked says that there are more. */
export async function listCycles(db: Kysely<Database>, of: Key, limit: number): Promise<SubscriptionCycle[]> {
  const cycles = await db
    .selectFrom('subscriptionCycle')
    .select(['number', 'state', 'fallsOn', 'chargeOn', 'dueOn', 'amountYen', 'usage', 'method'])
    .where('merchantId', '=', of.merchantId)
    .where('subscriptionId', '=', of.subscriptionId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  const { rows } = await sql<SubscriptionCycle['attempts'][number] & { number: number }>`
    select a.number, a.method, a.order_number, a.payment_id, p.status, a.asked_on, a.codes
      from subscription_attempt a left join payment p on p.merchant_id = a.merchant_id and p.payment_id = a.payment_id
      where a.merchant_id = ${of.merchantId}::uuid and a.subscription_id = ${of.subscriptionId}::uuid and a.number >= ${cycles.at(-1)?.number ?? 0}
      order by a.number, a.attempt`.execute(db)
  const attempts = Map.groupBy(rows, (row) => row.number)
  return cycles.map((cycle) => ({ ...cycle, attempts: attempts.get(cycle.number) ?? [] }))
}

export type EventRecord = SubscriptionDetail['events'][number] & {
  readonly actorKind: string
  readonly actorId: string
}

/** Newest first. Ids are made in order of time; the provider's clock may jump. */
export async function listEvents(db: Kysely<Database>, of: Key, limit: number): Promise<EventRecord[]> {
  const rows = await db
    .selectFrom('subscriptionEvent')
    .select(['at', 'kind', 'detail', 'actorKind', 'actorId'])
    .where('merchantId', '=', of.merchantId)
    .where('subscriptionId', '=', of.subscriptionId)
    .orderBy('eventId', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), by: null }))
}
