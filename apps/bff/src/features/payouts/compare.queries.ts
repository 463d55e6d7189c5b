/**
 * A statement's lines beside what we expected of each: the amount sold, and the fees that the contract of that day charges.
 * The same SQL looks at lines in the books and at those of a file that is not in them yet.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { LineFinding, PayoutLine } from '@choba/shared/contracts/payouts.ts'
import { chargeSql, feeTermsSql } from '../../db/fee-sql.ts'
import type { Database } from '../../db/schema.ts'

/** `select line, kind, payment_id, provider_id, order_number, note, gross_yen, fee_yen, fee_tax_yen, transfer_yen`. */
export type LineSource = {
  readonly merchantId: string
  readonly lines: RawBuilder<unknown>
  readonly statementId: string | null
}

export function statementLines(merchantId: string, statementId: string): LineSource {
  return {
    merchantId,
    statementId,
    lines: sql`select line, kind, payment_id, provider_id, order_number, note, gross_yen, fee_yen, fee_tax_yen, transfer_yen
      from statement_line where merchant_id = ${merchantId}::uuid and statement_id = ${statementId}::uuid`,
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
        f."providerId" as provider_id, f."orderNumber" as order_number, f.note, f."grossYen" as gross_yen, f."feeYen" as fee_yen, f."feeTaxYen" as fee_tax_yen, f."transferYen" as transfer_yen
      from json_to_recordset(${JSON.stringify(lines)}::json) as f (line integer, kind text, "providerId" text, "orderNumber" text, note text,
        "grossYen" bigint, "feeYen" bigint, "feeTaxYen" bigint, "transferYen" bigint)`,
  }
}

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
  const sold = sql`(case when n.payment_id is not null and l.provider_id <> p.provider_id then l.gross_yen when p.method = 'np_postpaid' then p.amount_yen else p.captured_yen + coalesce((p.state #>> '{books,excessYen}')::bigint, 0) end)`
  const charge = chargeSql(sql`t.value`, sql`x.gross`, sql`n.invoice_delivery`)
  return sql`
    select l.line, l.kind, l.payment_id, l.provider_id, l.order_number, coalesce(p.customer_name, '') as customer_name, l.note, l.gross_yen, l.fee_yen, l.fee_tax_yen as tax_yen, l.transfer_yen,
        e.gross as expected_gross_yen, e.fee as expected_fee_yen, e.tax as expected_tax_yen,
        case when l.kind not in ('sale', 'cancellation') then 'own'
          when l.payment_id is null then 'unknown'
          when l.kind = 'sale' and o.sales > o.taken_back then 'twice'
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
      cross join lateral (select ${sold} as gross) x
      cross join lateral (select
        case when l.kind = 'sale' then x.gross when l.kind = 'cancellation' and n.payment_id is not null then -o.gross
          when l.kind = 'cancellation' then greatest(l.gross_yen, -p.refunded_yen) end as gross,
        case when l.kind = 'sale' then ${charge.fee} when l.kind = 'cancellation' and n.payment_id is not null then -o.fee end as fee,
        case when l.kind = 'sale' then ${charge.tax} when l.kind = 'cancellation' and n.payment_id is not null then -o.tax end as tax) e`
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
