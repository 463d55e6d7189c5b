/** Fixed fees as statements stated them: what the last one carried on, and what one closing did. */
import { type Kysely, sql } from 'kysely'
import type { FixedFeeView } from '@choba/shared/contracts/payouts.ts'
import { feeTermsSql } from '../../db/fee-sql.ts'
import type { Database } from '../../db/schema.ts'

export type LastClosing = {
  readonly connectionId: string
  readonly shopId: string
  readonly method: string
  /** Of the newest statement, whatever it holds; null before the first. */
  readonly closedOn: string | null
  /** What the newest statement that speaks of fixed fees carried on. */
  readonly carried: ReadonlyArray<{ readonly month: string; readonly owedYen: number; readonly carried: number }>
}

/** Each connection and method of card and store. Served by statement_by_connection. */
export async function listLastClosings(db: Kysely<Database>, merchantId: string): Promise<LastClosing[]> {
  const { rows } = await sql<LastClosing>`
    select c.connection_id, c.shop_id, m.method, last.closing_on as closed_on, coalesce(fees.carried, '[]') as carried
      from connection c cross join unnest(c.methods) m(method)
      left join lateral (select s.closing_on from statement s where s.merchant_id = c.merchant_id and s.connection_id = c.connection_id and s.method = m.method
        order by s.closing_on desc limit 1) last on true
      left join lateral (select s.statement_id from statement s where s.merchant_id = c.merchant_id and s.connection_id = c.connection_id and s.method = m.method
          and exists (select 1 from statement_line l where l.merchant_id = s.merchant_id and l.statement_id = s.statement_id and l.fee_month is not null)
        order by s.closing_on desc limit 1) told on true
      left join lateral (select json_agg(json_build_object('month', l.fee_month, 'owedYen', l.gross_yen, 'carried', l.carried) order by l.fee_month) as carried
        from statement_line l where l.merchant_id = c.merchant_id and l.statement_id = told.statement_id and l.fee_month is not null and l.kind = 'carry_over' and l.gross_yen > 0) fees on true
      where c.merchant_id = ${merchantId}::uuid and m.method <> 'np_postpaid'`.execute(db)
  return rows
}

const MOST = sql`coalesce((${feeTermsSql({ merchantId: sql`s.merchant_id`, shopId: sql`s.shop_id`, method: sql`s.method`, on: sql`s.closing_on` })} ->> 'carryMost')::int, 4)`

/** What a statement did with each month's fee: what is carried or invoiced has a line of its own, the rest was deducted. */
export async function listFixedFees(
  db: Kysely<Database>,
  { merchantId, statementId }: { readonly merchantId: string; readonly statementId: string },
): Promise<FixedFeeView[]> {
  const { rows } = await sql<FixedFeeView>`
    select l.fee_month as month, -l.transfer_yen as owed_yen, coalesce(out.carried, l.carried) as carried, ${MOST} as most,
        case when out.kind is null then 'deducted' when out.kind = 'invoiced' then 'invoiced' else 'carried' end as state
      from statement s join statement_line l on l.merchant_id = s.merchant_id and l.statement_id = s.statement_id and l.fee_month is not null and l.transfer_yen < 0
      left join statement_line out on out.merchant_id = l.merchant_id and out.statement_id = l.statement_id and out.fee_month = l.fee_month and out.transfer_yen > 0
      where s.merchant_id = ${merchantId}::uuid and s.statement_id = ${statementId}::uuid order by l.fee_month`.execute(
    db,
  )
  return rows
}

/** The most often carried fee that a closing carries on, of `most` times; null where it carries none. */
export const CARRIED = sql`(select max(l.carried) from statement_line l where l.merchant_id = s.merchant_id and l.statement_id = s.statement_id
  and l.fee_month is not null and l.kind = 'carry_over' and l.gross_yen > 0)`
export const CARRY_MOST = MOST
