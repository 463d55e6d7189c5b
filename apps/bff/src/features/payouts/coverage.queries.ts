/**
 * The proof that no shipped sale of NP postpaid is forgotten. Each is classed once, by the first of the cases that fits, so
 * the parts cannot overlap or leave one out; the whole is counted on its own, and the statements' lines once more.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CoverageSale } from '@choba/shared/contracts/payouts.ts'
import type { CoverageFilter, CoverageListQuery, CoveragePart } from '@choba/shared/filters/payouts.ts'
import type { Database } from '../../db/schema.ts'

export type CoverageSource = {
  readonly merchantId: string
  readonly filter: CoverageFilter
  /** For each shop, until which day of arrival everything is to be on a statement. */
  readonly closedThrough: ReadonlyArray<{ readonly shopId: string; readonly day: string }>
}

function conditions({ shop, from, to }: CoverageFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`n.shipped_on is not null`]
  if (shop?.length) all.push(sql`n.shop_id = any(${shop}::uuid[])`)
  if (from !== undefined) all.push(sql`n.shipped_on >= ${from}::date`)
  if (to !== undefined) all.push(sql`n.shipped_on <= ${to}::date`)
  return sql.join(all, sql` and `)
}

/** One row per completed sale, with its reason. The order of the cases decides: what ended is owed no more. */
function classedSql({ merchantId, filter, closedThrough }: CoverageSource): RawBuilder<unknown> {
  return sql`
    select n.payment_id, n.shop_id, n.connection_id, p.order_number, p.customer_name, p.amount_yen, n.shipped_on, n.arrived_on, n.statement_number, s.statement_id,
        case when n.ended is not null and p.paid_out_on is null then 'cancelled'
          when n.ended is not null or p.status = 'refunded' then 'returned'
          when n.statement_number is not null then case when s.state = 'paid' or (s.state is null and p.status = 'paid_out') then 'paid' else 'closed' end
          when n.disputed then 'disputed'
          when n.withdrawn_on is not null then 'register_again'
          when n.arrived_on is null then 'arrival_not_confirmed'
          when n.arrived_on <= c.day then 'missing'
          else 'next_closing' end as reason
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      left join statement s on s.merchant_id = n.merchant_id and s.connection_id = n.connection_id and s.statement_number = n.statement_number
      left join json_to_recordset(${JSON.stringify(closedThrough)}::json) as c ("shopId" uuid, day date) on c."shopId" = n.shop_id
      where n.merchant_id = ${merchantId}::uuid and ${conditions(filter)}`
}

const PART = sql`case when reason in ('closed', 'paid') then 'covered' when reason in ('cancelled', 'returned', 'disputed') then 'excluded' else 'not_yet' end`

export type CoverageSum = { readonly count: number; readonly amountYen: number }
export type CoverageGroup = CoverageSum & { readonly part: CoveragePart; readonly reason: string }

export async function sumCoverage(db: Kysely<Database>, source: CoverageSource): Promise<CoverageGroup[]> {
  const { rows } = await sql<CoverageGroup>`
    select ${PART} as part, reason, count(*) as count, sum(amount_yen) as amount_yen from (${classedSql(source)}) classed group by reason`.execute(
    db,
  )
  return rows
}

/** Counted from the payments alone, without looking at how each is classed. */
export async function sumCompleted(db: Kysely<Database>, { merchantId, filter }: CoverageSource): Promise<CoverageSum> {
  const { rows } = await sql<CoverageSum>`
    select count(*) as count, coalesce(sum(p.amount_yen), 0) as amount_yen from payment p
      where p.merchant_id = ${merchantId}::uuid and p.method = 'np_postpaid'
        and p.payment_id in (select n.payment_id from np_postpaid n where n.merchant_id = ${merchantId}::uuid and ${conditions(filter)})`.execute(
    db,
  )
  return rows[0] as CoverageSum // an aggregate without groups has exactly one row
}

/** What the payments' own settlements say of the covered part: gross by gross, less what was taken back. Lines of a claim that another took the place of are not its own. */
export async function sumStated(db: Kysely<Database>, source: CoverageSource): Promise<number> {
  const { rows } = await sql<{ amountYen: number }>`
    select coalesce(sum((part ->> 'grossYen')::bigint), 0) as amount_yen
      from (${classedSql(source)}) classed join payment p on p.merchant_id = ${source.merchantId}::uuid and p.payment_id = classed.payment_id
      cross join lateral jsonb_array_elements(p.state #> '{books,statements}') part
      where reason in ('closed', 'paid') and coalesce(part ->> 'providerId', p.provider_id) = p.provider_id`.execute(db)
  return rows[0]?.amountYen ?? 0
}

export type CoveragePlace = { readonly shippedOn: string; readonly paymentId: string }
type SaleRow = Omit<CoverageSale, 'closingOn' | 'payOn'>

/** Newest shipment first; served by np_postpaid_by_shipment. */
export async function listCoverageSales(
  db: Kysely<Database>,
  source: CoverageSource,
  { part, reason }: Pick<CoverageListQuery, 'part' | 'reason'>,
  { beyond, limit }: { readonly beyond: CoveragePlace | undefined; readonly limit: number },
): Promise<SaleRow[]> {
  const place =
    beyond === undefined
      ? sql``
      : sql`and (shipped_on, payment_id) < (${beyond.shippedOn}::date, ${beyond.paymentId}::uuid)`
  const { rows } = await sql<SaleRow>`
    select payment_id, shop_id, order_number, customer_name, amount_yen, shipped_on, arrived_on, part, reason, statement_id, statement_number
      from (select *, ${PART} as part from (${classedSql(source)}) classed) sale
      where ${chosen(part, reason)} ${place} order by shipped_on desc, payment_id desc limit ${limit}`.execute(db)
  return rows
}

export async function sumCoverageSales(
  db: Kysely<Database>,
  source: CoverageSource,
  { part, reason }: Pick<CoverageListQuery, 'part' | 'reason'>,
): Promise<CoverageSum> {
  const { rows } = await sql<CoverageSum>`
    select count(*) as count, coalesce(sum(amount_yen), 0) as amount_yen
      from (select *, ${PART} as part from (${classedSql(source)}) classed) sale where ${chosen(part, reason)}`.execute(
    db,
  )
  return rows[0] as CoverageSum // an aggregate without groups has exactly one row
}

function chosen(part: CoverageListQuery['part'], reason: CoverageListQuery['reason']): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (part?.length) all.push(sql`part = any(${part}::text[])`)
  if (reason?.length) all.push(sql`reason = any(${reason}::text[])`)
  return sql.join(all, sql` and `)
}
