/**
 * A statement's lines beside what we expected of each: the amount sold, and the fees that the contract of that day charges.
 * The same SQL looks at lines in the books and at those of a file that is not in them yet.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { LineFinding, PayoutLine } from '@choba/shared/contracts/payouts.ts'
import { chargeSql, feeTermsSql, returnedChargeSql } from '../../db/fee-sql.ts'
import { USUAL_CARRIES } from '@choba/shared/terms.ts'
import type { Database } from '../../db/schema.ts'
import { DEPOSITS } from './deposits.queries.ts'

/** `select line, kind, payment_id, provider_id, order_number, note, gross_yen, fee_yen, fee_tax_yen, transfer_yen, own_gross, own_fee, own_tax`. */
export type LineSource = {
  readonly merchantId: string
  readonly lines: RawBuilder<unknown>
  readonly statementId: string | null
}

export function statementLines(merchantId: string, statementId: string): LineSource {
  return {
    merchantId,
    statementId,
    lines: sql`select l.line, l.kind, l.payment_id, l.provider_id, l.order_number, l.note, l.gross_yen, l.fee_yen, l.fee_tax_yen, l.transfer_yen, own.gross as own_gross, own.fee as own_fee, own.tax as own_tax
      from statement s join statement_line l on l.merchant_id = s.merchant_id and l.statement_id = s.statement_id
      left join lateral (${FIXED_FEE}) own on l.fee_month is not null
      where s.merchant_id = ${merchantId}::uuid and s.statement_id = ${statementId}::uuid`,
  }
}

export type FileLine = {
  readonly line: number
  readonly kind: string
  readonly providerId: string
  readonly orderNumber: string
  readonly note: string
  readonly grossYen: number
  readonly feeYen: number
  readonly feeTaxYen: number
  readonly transferYen: number
}

/** Matched on every id that NP gave a sale, the first and those that took its place. */
export function fileLines(
  { merchantId, connectionId, statementId }: { merchantId: string; connectionId: string; statementId: string | null },
  lines: readonly FileLine[],
): LineSource {
  return {
    merchantId,
    statementId,
    lines: sql`select f.line, f.kind, coalesce(
          (select r.payment_id from provider_reference r where r.merchant_id = ${merchantId}::uuid and r.connection_id = ${connectionId}::uuid and r.provider_id = f."providerId"),
          (select p.payment_id from payment p where p.merchant_id = ${merchantId}::uuid and p.connection_id = ${connectionId}::uuid and p.provider_id = f."providerId" limit 1)) as payment_id,
        f."providerId" as provider_id, f."orderNumber" as order_number, f.note, f."grossYen" as gross_yen, f."feeYen" as fee_yen, f."feeTaxYen" as fee_tax_yen, f."transferYen" as transfer_yen,
        null::bigint as own_gross, null::bigint as own_fee, null::bigint as own_tax
      from json_to_recordset(${JSON.stringify(lines)}::json) as f (line integer, kind text, "providerId" text, "orderNumber" text, note text,
        "grossYen" bigint, "feeYen" bigint, "feeTaxYen" bigint, "transferYen" bigint)`,
  }
}

/**
 * What a line of a fixed fee is to say: the month's fee by its terms; what the last statement before carried, where it is
 * taken up again; and that same amount, where it goes on to the next closing or an invoice, by how often it has been
 * carried. An amount that differs from its expectation by all of it was not to be there.
 */
const FIXED_FEE = sql`
  select case l.kind when 'monthly_fee' then 0
      when 'carry_over' then case when l.gross_yen < 0 then coalesce(-before.gross_yen, 0) when l.carried between 1 and most.carries then here.owed_yen else 0 end
      when 'invoiced' then case when l.carried >= most.carries then here.owed_yen else 0 end end as gross,
      case when l.kind = 'monthly_fee' then charge.fee_yen else 0 end as fee,
      case when l.kind = 'monthly_fee' then charge.tax_yen else 0 end as tax
    from (select ${feeTermsSql({ merchantId: sql`s.merchant_id`, shopId: sql`s.shop_id`, method: sql`s.method`, on: sql`s.closing_on` })} as value) t
    cross join lateral (select coalesce((t.value ->> 'carryMost')::int, ${USUAL_CARRIES}::int) as carries) most
    cross join lateral (select coalesce((t.value ->> 'monthlyYen')::bigint, 0) as fee_yen,
      coalesce((t.value ->> 'monthlyYen')::bigint, 0) * (case t.value #>> '{taxClass,monthly}' when 'taxable10' then 1000 when 'taxable8' then 800 else 0 end) / 10000 as tax_yen) charge
    left join lateral (select b.gross_yen from statement e join statement_line b on b.merchant_id = e.merchant_id and b.statement_id = e.statement_id
      where e.merchant_id = s.merchant_id and e.connection_id = s.connection_id and e.method = s.method and e.closing_on < s.closing_on
        and b.fee_month = l.fee_month and b.kind = 'carry_over' and b.gross_yen > 0 and b.carried = l.carried
      order by e.closing_on desc limit 1) before on true
    left join lateral (select -c.transfer_yen as owed_yen from statement_line c where c.merchant_id = l.merchant_id and c.statement_id = l.statement_id
      and c.fee_month = l.fee_month and c.transfer_yen < 0 limit 1) here on true`

/** The deposit that a line states, or all of them where it states none of these; how many there are; what was taken back. */
const OF_DEPOSITS = sql`
  select coalesce(max(d.change_yen) filter (where d.change_yen = l.gross_yen), sum(d.change_yen) filter (where d.change_yen > 0))::bigint as gross,
      count(*) filter (where d.change_yen > 0) as sales, coalesce(-sum(d.change_yen) filter (where d.change_yen < 0), 0)::bigint as taken_back_yen
    from (${DEPOSITS}) d`

const SOLD_ON = sql`(case when n.payment_id is null then p.captured_on else n.shipped_on end)`

/** One row per line with `expected_gross_yen`, `expected_fee_yen`, `expected_tax_yen` and `finding`. */
function comparedSql({ merchantId, lines, statementId }: LineSource): RawBuilder<unknown> {
  const terms = feeTermsSql({
    merchantId: sql`p.merchant_id`,
    shopId: sql`p.shop_id`,
    method: sql`p.method`,
    on: SOLD_ON,
  })
  // NP bills one amount, also after it was reduced; the others state what was captured, and at stores what was paid in excess.
  // Of a claim that another took the place of nobody knows the amount any more: its fees are held against what is stated.
  const sold = sql`(case when n.payment_id is not null and l.provider_id <> p.provider_id then l.gross_yen when p.method = 'np_postpaid' then p.amount_yen when d.sales > 0 then d.gross else p.captured_yen + coalesce((p.state #>> '{books,excessYen}')::bigint, 0) end)`
  const charge = chargeSql(sql`t.value`, sql`x.gross`, sql`n.invoice_delivery`)
  const returned = returnedChargeSql(sql`t.value`, sql`(-l.gross_yen)`, sql`p.method`)
  return sql`
    select l.line, l.kind, l.payment_id, l.provider_id, l.order_number, coalesce(p.customer_name, '') as customer_name, l.note, l.gross_yen, l.fee_yen, l.fee_tax_yen as tax_yen, l.transfer_yen,
        e.gross as expected_gross_yen, e.fee as expected_fee_yen, e.tax as expected_tax_yen,
        case when l.kind not in ('sale', 'cancellation') and l.own_gross is null then 'own'
          when l.kind not in ('sale', 'cancellation') then
            case when l.own_gross <> l.gross_yen then 'amount_differs' when l.own_fee <> l.fee_yen or l.own_tax <> l.fee_tax_yen then 'fee_differs' else 'matched' end
          when l.payment_id is null then 'unknown'
          when l.kind = 'sale' and o.sales - o.taken_back >= greatest(d.sales, 1) then 'twice'
          when e.gross <> l.gross_yen then 'amount_differs'
          when e.fee + e.tax <> l.fee_yen + l.fee_tax_yen then 'fee_differs'
          else 'matched' end as finding
      from (${lines}) l
      left join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = l.payment_id
      left join np_postpaid n on n.merchant_id = p.merchant_id and n.payment_id = p.payment_id
      left join lateral (select ${terms} as value) t on p.payment_id is not null
      left join lateral (
        select coalesce(sum(s.gross_yen) filter (where s.kind = 'sale'), 0) as gross, coalesce(sum(s.fee_yen) filter (where s.kind = 'sale'), 0) as fee, coalesce(sum(s.fee_tax_yen) filter (where s.kind = 'sale'), 0) as tax,
            count(*) filter (where s.kind = 'sale') as sales, count(*) filter (where s.kind = 'cancellation') as taken_back
          from statement_line s where s.merchant_id = p.merchant_id and s.payment_id = p.payment_id and s.provider_id = l.provider_id and s.statement_id is distinct from ${statementId}::uuid) o on p.payment_id is not null
      left join lateral (${OF_DEPOSITS}) d on p.method = 'convenience_store'
      cross join lateral (select ${sold} as gross) x
      cross join lateral (select
        case when l.own_gross is not null then l.own_gross when l.kind = 'sale' then x.gross when l.kind = 'cancellation' and n.payment_id is not null then -o.gross
          when l.kind = 'cancellation' then greatest(l.gross_yen, -p.refunded_yen - coalesce(d.taken_back_yen, 0)) end as gross,
        case when l.own_gross is not null then l.own_fee when l.kind = 'sale' then ${charge.fee} when l.kind = 'cancellation' and n.payment_id is not null then -o.fee
          when l.kind = 'cancellation' then -${returned.fee} end as fee,
        case when l.own_gross is not null then l.own_tax when l.kind = 'sale' then ${charge.tax} when l.kind = 'cancellation' and n.payment_id is not null then -o.tax
          when l.kind = 'cancellation' then -${returned.tax} end as tax) e`
}

export const DIFFERENT: readonly LineFinding[] = ['amount_differs', 'fee_differs', 'twice', 'unknown']

export async function listCompared(
  db: Kysely<Database>,
  source: LineSource,
  { only, after, limit }: { readonly only: 'all' | 'differences'; readonly after: number; readonly limit: number },
): Promise<PayoutLine[]> {
  const different = only === 'differences' ? sql`and finding = any(${DIFFERENT}::text[])` : sql``
  const { rows } = await sql<PayoutLine>`
    select * from (${comparedSql(source)}) compared where line > ${after} ${different} order by line limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function countFindings(db: Kysely<Database>, source: LineSource): Promise<Record<LineFinding, number>> {
  const { rows } = await sql<{ finding: LineFinding; count: number }>`
    select finding, count(*) as count from (${comparedSql(source)}) compared group by finding`.execute(db)
  const none = { matched: 0, amount_differs: 0, fee_differs: 0, twice: 0, unknown: 0, own: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ finding, count }) => [finding, count])) }
}
