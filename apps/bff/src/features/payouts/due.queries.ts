/**
 * What a provider owes a payout for and no statement has covered yet, by the day it fell due: the arrival (NP postpaid) or
 * the sale (the others); and what was taken back after its payout, a whole sale or a claim that a smaller one took the
 * place of, or a refund: the next closing will set it off.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { PayoutLine } from '@choba/shared/contracts/payouts.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { chargeSql, feeTermsSql, returnedChargeSql } from '../../db/fee-sql.ts'
import type { Database } from '../../db/schema.ts'
import type { SettledFixedFee } from '../../domain/fixed-fees.ts'
import { DEPOSITS } from './deposits.queries.ts'

export type DueGroup = {
  readonly connectionId: string
  readonly shopId: string
  readonly method: string
  readonly dueOn: string
  readonly count: number
  readonly grossYen: number
  readonly feeYen: number
  readonly taxYen: number
}

/** A closing we reckon with. `transferYen` = gross − fee − tax + other. */
export type Expected = {
  readonly payoutId: string
  readonly connectionId: string
  readonly shopId: string
  readonly method: string
  readonly closingOn: BusinessDate
  readonly payOn: BusinessDate
  readonly lines: number
  readonly grossYen: number
  readonly feeYen: number
  readonly taxYen: number
  /** What is carried on to the next closing or to an invoice, less what earlier ones carried here. */
  readonly otherYen: number
  readonly transferYen: number
  readonly fixedFees: readonly SettledFixedFee[]
  readonly carryMost: number | null
}

const NP_TERMS = feeTermsSql({
  merchantId: sql`p.merchant_id`,
  shopId: sql`p.shop_id`,
  method: sql`p.method`,
  on: sql`n.shipped_on`,
})
const OTHER_TERMS = feeTermsSql({
  merchantId: sql`p.merchant_id`,
  shopId: sql`p.shop_id`,
  method: sql`p.method`,
  on: sql`p.captured_on`,
})

/** The lines that state a sale: at stores one for each deposit, otherwise what was captured; refunds are lines of their own. */
const SOLD = sql`
  select d.reported_on as sold_on, d.change_yen as amount_yen from (${DEPOSITS}) d where p.method = 'convenience_store' and d.change_yen > 0
  union all
  select p.captured_on, p.captured_yen where p.method <> 'convenience_store' or not exists (select 1 from (${DEPOSITS}) d)`

/** One row per line that a statement is to have: `connection_id, shop_id, method, due_on, payment_id, kind, gross_yen, fee_yen, tax_yen`. */
export function dueSql(merchantId: string): RawBuilder<unknown> {
  const np = chargeSql(sql`terms.value`, sql`p.amount_yen`, sql`n.invoice_delivery`)
  const other = chargeSql(sql`terms.value`, sql`sold.amount_yen`, sql`null::text`)
  const returned = returnedChargeSql(sql`terms.value`, sql`r.amount_yen`, sql`p.method`)
  return sql`
    select p.connection_id, p.shop_id, p.method, n.arrived_on as due_on, p.payment_id, 'sale' as kind, p.amount_yen as gross_yen,
        coalesce(${np.fee}, 0) as fee_yen, coalesce(${np.tax}, 0) as tax_yen
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      cross join lateral (select ${NP_TERMS} as value) terms
      where n.merchant_id = ${merchantId}::uuid and n.shipped_on is not null and n.statement_number is null and n.ended is null
        and n.arrived_on is not null and not n.disputed and n.withdrawn_on is null and p.status <> 'refunded'
    union all
    select p.connection_id, p.shop_id, p.method, n.ended_on, p.payment_id, 'cancellation', -l.gross_yen, -l.fee_yen, -l.tax_yen
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      cross join lateral (select sum(s.gross_yen) as gross_yen, sum(s.fee_yen) as fee_yen, sum(s.fee_tax_yen) as tax_yen
        from statement_line s where s.merchant_id = n.merchant_id and s.payment_id = n.payment_id) l
      where n.merchant_id = ${merchantId}::uuid and n.ended = 'cancelled' and n.statement_number is not null and l.gross_yen > 0
    union all
    select p.connection_id, p.shop_id, p.method, w.on, p.payment_id, 'cancellation', -l.gross_yen, -l.fee_yen, -l.tax_yen
      from provider_reference r join payment p on p.merchant_id = r.merchant_id and p.payment_id = r.payment_id
      join np_postpaid n on n.merchant_id = r.merchant_id and n.payment_id = r.payment_id
      cross join lateral (select sum(s.gross_yen) as gross_yen, sum(s.fee_yen) as fee_yen, sum(s.fee_tax_yen) as tax_yen
        from statement_line s where s.merchant_id = r.merchant_id and s.payment_id = r.payment_id and s.provider_id = r.provider_id) l
      cross join lateral (select (max(e.at) at time zone 'Asia/Tokyo')::date as "on"
        from payment_event e where e.merchant_id = r.merchant_id and e.payment_id = r.payment_id and e.type = 'claim_withdrawn') w
      where r.merchant_id = ${merchantId}::uuid and r.provider_id <> p.provider_id and l.gross_yen > 0 and w.on is not null and n.ended is null
    union all
    select p.connection_id, p.shop_id, p.method, sold.sold_on, p.payment_id, 'sale', sold.amount_yen, coalesce(${other.fee}, 0), coalesce(${other.tax}, 0)
      from payment p cross join lateral (select ${OTHER_TERMS} as value) terms cross join lateral (${SOLD}) sold
      where p.merchant_id = ${merchantId}::uuid and p.status = 'captured' and p.method <> 'np_postpaid' and p.captured_on is not null and sold.amount_yen > 0
    union all
    select p.connection_id, p.shop_id, p.method, sold.sold_on, p.payment_id, 'sale', sold.amount_yen, coalesce(${other.fee}, 0), coalesce(${other.tax}, 0)
      from payment p cross join lateral (select ${OTHER_TERMS} as value) terms cross join lateral (${SOLD}) sold
      where p.merchant_id = ${merchantId}::uuid and p.refunded_yen > 0 and p.status <> 'captured' and p.method <> 'np_postpaid' and p.captured_on is not null and p.connection_method <> 'imported'
        and not exists (select 1 from statement_line s where s.merchant_id = p.merchant_id and s.payment_id = p.payment_id and s.kind = 'sale')
    union all
    select p.connection_id, p.shop_id, p.method, r.refunded_on, p.payment_id, 'cancellation', -r.amount_yen, -coalesce(${returned.fee}, 0), -coalesce(${returned.tax}, 0)
      from payment p cross join lateral (select ${OTHER_TERMS} as value) terms
      cross join lateral (select (e.at at time zone 'Asia/Tokyo')::date as refunded_on, (e.data ->> 'amountYen')::bigint as amount_yen, row_number() over (order by e.sequence) as place
        from payment_event e where e.merchant_id = p.merchant_id and e.payment_id = p.payment_id and e.type = 'refunded') r
      where p.merchant_id = ${merchantId}::uuid and p.refunded_yen > 0 and p.method <> 'np_postpaid' and p.captured_on is not null and p.connection_method <> 'imported'
        and r.place > (select count(*) from statement_line s where s.merchant_id = p.merchant_id and s.payment_id = p.payment_id and s.kind = 'cancellation')`
}

export async function groupDue(db: Kysely<Database>, merchantId: string): Promise<DueGroup[]> {
  const { rows } = await sql<DueGroup>`
    select connection_id, shop_id, method, due_on, count(*) as count, sum(gross_yen) as gross_yen, sum(fee_yen) as fee_yen, sum(tax_yen) as tax_yen
      from (${dueSql(merchantId)}) due group by connection_id, shop_id, method, due_on`.execute(db)
  return rows
}

export type PayoutConnection = {
  readonly connectionId: string
  readonly shopId: string
  readonly provider: string
  readonly methods: readonly string[]
}

export function listPayoutConnections(db: Kysely<Database>, merchantId: string): Promise<PayoutConnection[]> {
  return db
    .selectFrom('connection')
    .select(['connectionId', 'shopId', 'provider', 'methods'])
    .where('merchantId', '=', merchantId)
    .orderBy('connectionId')
    .execute()
}

export type DueRange = {
  readonly merchantId: string
  readonly connectionId: string
  readonly method: string
  readonly from: string
  readonly to: string
}

/** The sales that fall due in these days, counted in the order of their ids, as the lines a statement is to have. */
export async function listDueLines(
  db: Kysely<Database>,
  { merchantId, connectionId, method, from, to }: DueRange,
  after: number,
  limit: number,
): Promise<PayoutLine[]> {
  const { rows } = await sql<PayoutLine>`
    select * from (
      select row_number() over (order by due.payment_id, due.kind)::int as line, due.kind, due.payment_id, coalesce(p.provider_id, '') as provider_id, p.order_number, p.customer_name, '' as note,
          due.gross_yen, due.fee_yen, due.tax_yen, due.gross_yen - due.fee_yen - due.tax_yen as transfer_yen,
          due.gross_yen as expected_gross_yen, due.fee_yen as expected_fee_yen, due.tax_yen as expected_tax_yen, 'matched' as finding
        from (${dueSql(merchantId)}) due join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = due.payment_id
        where due.connection_id = ${connectionId}::uuid and due.method = ${method} and due.due_on between ${from}::date and ${to}::date
    ) lines where line > ${after} order by line limit ${limit}`.execute(db)
  return rows
}
