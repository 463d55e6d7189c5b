/** One customer: purchases by method, what is open at NP, screenings, points. All through payment_by_customer. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CustomerDetail, CustomerPayment, CustomerRow } from '@choba/shared/contracts/customers.ts'
import { hasBegun } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import { customerTable } from '../../db/shop-scope.ts'
import { CUSTOMER_COLUMNS, type CustomerRecord, toCustomerRow } from './customers-list.queries.ts'

export async function findCustomer(
  db: Kysely<Database>,
  merchantId: string,
  customerId: string,
): Promise<CustomerRow | undefined> {
  const { rows } = await sql<CustomerRecord>`
    select ${CUSTOMER_COLUMNS} from ${customerTable()} where merchant_id = ${merchantId}::uuid and customer_id = ${customerId}::uuid`.execute(
    db,
  )
  return rows[0] && toCustomerRow(rows[0])
}

/** By what is keyed in, folded as the table folds it. */
export async function findCustomerBy(
  db: Kysely<Database>,
  merchantId: string,
  { phone, name }: { readonly phone: string; readonly name: string },
): Promise<{ customerId: string; openYen: number } | undefined> {
  const { rows } = await sql<{ customerId: string; openYen: number }>`
    select customer_id, open_yen from ${customerTable()}
      where merchant_id = ${merchantId}::uuid and customer_id = md5(digits(${phone}::text) || '|' || nkey(${name}::text))::uuid`.execute(
    db,
  )
  return rows[0]
}

export async function sumByMethod(
  db: Kysely<Database>,
  merchantId: string,
  customerId: string,
): Promise<CustomerDetail['byMethod']> {
  const { rows } = await sql<CustomerDetail['byMethod'][number]>`
    select method, count(*) as payments, sum(amount_yen) as amount_yen, sum(captured_yen) as captured_yen, sum(refunded_yen) as refunded_yen
      from payment where ${ofCustomer(merchantId, customerId)} group by method order by method`.execute(db)
  return rows
}

/** A customer with more than this many open orders is no person. */
const MOST_OPEN = 200

export async function listOpen(
  db: Kysely<Database>,
  merchantId: string,
  customerId: string,
): Promise<CustomerDetail['open']> {
  const { rows } = await sql<Omit<CustomerDetail['open'][number], 'orderedAt'> & { orderedAt: Date }>`
    select p.payment_id as id, p.order_number, p.status, np_open_yen(p.method, p.status, p.amount_yen, p.refunded_yen, p.state) as open_yen,
        p.ordered_at, n.due_on, coalesce(n.reminders, 0) as reminders
      from payment p left join np_postpaid n on n.merchant_id = p.merchant_id and n.payment_id = p.payment_id
      where p.merchant_id = ${merchantId}::uuid and p.customer_id = ${customerId}::uuid and p.method = 'np_postpaid'
        and np_open_yen(p.method, p.status, p.amount_yen, p.refunded_yen, p.state) > 0
      order by n.due_on nulls last, p.ordered_at limit ${MOST_OPEN}`.execute(db)
  return rows.map((row) => ({ ...row, orderedAt: row.orderedAt.toISOString() }))
}

export async function countOpen(db: Kysely<Database>, merchantId: string, customerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from payment
      where ${ofCustomer(merchantId, customerId)} and np_open_yen(method, status, amount_yen, refunded_yen, state) > 0`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

const MOST_SCREENINGS = 50

export async function listScreenings(
  db: Kysely<Database>,
  merchantId: string,
  customerId: string,
): Promise<CustomerDetail['screenings']> {
  const { rows } = await sql<Omit<CustomerDetail['screenings'][number], 'decidedAt'> & { decidedAt: Date }>`
    select s.payment_id, p.order_number, s.attempt, s.result, s.reasons, s.decided_at
      from payment p join screening s on s.merchant_id = p.merchant_id and s.payment_id = p.payment_id
      where p.merchant_id = ${merchantId}::uuid and p.customer_id = ${customerId}::uuid and p.method = 'np_postpaid'
      order by s.decided_at desc, s.payment_id, s.attempt desc limit ${MOST_SCREENINGS}`.execute(db)
  return rows.map((row) => ({ ...row, decidedAt: row.decidedAt.toISOString() }))
}

export type Points = { readonly points: number; readonly payments: number }

/** By the rule in force when the customer paid, for payments that were in time. Each payment's points round down. */
export async function sumPoints(db: Kysely<Database>, merchantId: string, customerId: string): Promise<Points> {
  const { rows } = await sql<Points>`
    select coalesce(sum(greatest(p.amount_yen - p.refunded_yen, 0) / t.yen_per_point), 0) as points, count(t.yen_per_point) as payments
      from payment p
        join np_postpaid n on n.merchant_id = p.merchant_id and n.payment_id = p.payment_id
        left join lateral (
          select (value ->> 'yenPerPoint')::bigint as yen_per_point from contract_term
            where merchant_id = p.merchant_id and shop_id = p.shop_id and method = p.method and kind = 'points' and valid_from <= n.customer_paid_on
            order by valid_from desc limit 1
        ) t on true
      where p.merchant_id = ${merchantId}::uuid and p.customer_id = ${customerId}::uuid and p.method = 'np_postpaid' and p.status not in ('cancelled', 'refunded')
        and n.customer_paid_on <= n.due_on`.execute(db)
  return rows[0] as Points // an aggregate without groups has exactly one row
}

export type Sheet = { readonly customer: Record<string, unknown>; readonly delivery: Record<string, unknown> | null }

export async function findLastSheet(
  db: Kysely<Database>,
  merchantId: string,
  customerId: string,
): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`
    select d.customer, d.delivery from (
      select payment_id from payment where ${ofCustomer(merchantId, customerId)} order by ordered_at desc, payment_id desc limit 1
    ) p join order_detail d on d.merchant_id = ${merchantId}::uuid and d.payment_id = p.payment_id`.execute(db)
  return rows[0]
}

export type PaymentPlace = { readonly at: string; readonly id: string }

/** Newest first. One row more than the limit says that there are more. */
export async function listPaymentsOf(
  db: Kysely<Database>,
  merchantId: string,
  { customerId, beyond, limit }: { customerId: string; beyond: PaymentPlace | undefined; limit: number },
): Promise<Array<CustomerPayment & { place: string }>> {
  const after =
    beyond === undefined ? sql`` : sql`and (ordered_at, payment_id) < (${beyond.at}::timestamptz, ${beyond.id}::uuid)`
  const { rows } = await sql<Omit<CustomerPayment, 'orderedAt'> & { orderedAt: Date; place: string }>`
    select payment_id as id, order_number, shop_id, method, status, amount_yen, captured_yen, refunded_yen, ordered_at,
        to_char(ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
      from payment where ${ofCustomer(merchantId, customerId)} ${after}
      order by ordered_at desc, payment_id desc limit ${limit + 1}`.execute(db)
  return rows.map((row) => ({ ...row, orderedAt: row.orderedAt.toISOString() }))
}

export type NpConnection = { readonly shopId: string; readonly connectionId: string }

/** Connections that carry NP postpaid, the newest agreement of each shop first. */
export async function listNpConnections(db: Kysely<Database>, merchantId: string): Promise<NpConnection[]> {
  const { rows } = await sql<NpConnection>`
    select shop_id, connection_id from connection where merchant_id = ${merchantId}::uuid and 'np_postpaid' = any (methods) and ${hasBegun}
      order by valid_from desc, connection_id`.execute(db)
  return rows
}

function ofCustomer(merchantId: string, customerId: string): RawBuilder<boolean> {
  return sql<boolean>`merchant_id = ${merchantId}::uuid and customer_id = ${customerId}::uuid`
}
