/** How screening went over a period: rates by payment, reasons by attempt. Reads screening_by_time of the period only. */
import { type Kysely, sql } from 'kysely'
import { addDays, type BusinessDate, startOfDay } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'

export type Period = {
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly shop: readonly string[] | undefined
}

export type Rates = {
  readonly firstResults: number
  readonly approvedAtOnce: number
  readonly approvedInTheEnd: number
  readonly held: number
  readonly heldThenApproved: number
}

/**
 * Under review is no result, so a first result is an attempt without an earlier one that had one. Most payments have a
 * single attempt: what came before or after is looked up by the primary key, and only for the others.
 */
export async function readRates(db: Kysely<Database>, merchantId: string, period: Period): Promise<Rates> {
  const { rows } = await sql<Rates>`
    with decided as materialized (
      select s.payment_id, s.attempt, s.result,
          s.attempt = 1 or not exists (${other(sql`o.attempt < s.attempt and o.result <> 'in_review'`)}) as is_first,
          s.result = 'on_hold' and (s.attempt = 1 or not exists (${other(sql`o.attempt < s.attempt and o.result = 'on_hold'`)})) as is_first_hold,
          s.result = 'approved' or exists (${other(sql`o.attempt > s.attempt and o.result = 'approved'`)}) as approved_since
        from screening s where ${within(merchantId, period)} and s.result <> 'in_review')
    select count(*) filter (where is_first) as first_results,
        count(*) filter (where is_first and result = 'approved') as approved_at_once,
        count(*) filter (where is_first and approved_since) as approved_in_the_end,
        count(*) filter (where is_first_hold) as held,
        count(*) filter (where is_first_hold and approved_since) as held_then_approved
      from decided`.execute(db)
  return rows[0] as Rates // an aggregate without groups has exactly one row
}

export async function rankReasons(
  db: Kysely<Database>,
  merchantId: string,
  period: Period,
): Promise<Array<{ code: string; count: number }>> {
  const { rows } = await sql<{ code: string; count: number }>`
    select r.code, count(*) as count from screening s cross join unnest(s.reasons) r(code)
      where ${within(merchantId, period)} and s.result in ('on_hold', 'rejected', 'refused')
      group by r.code order by count(*) desc, r.code limit 50`.execute(db)
  return rows
}

/** Another attempt of the same payment. */
function other(condition: ReturnType<typeof sql>) {
  return sql`select 1 from screening o where o.merchant_id = s.merchant_id and o.payment_id = s.payment_id and ${condition}`
}

function within(merchantId: string, { from, to, shop }: Period) {
  const ofShops = shop === undefined || shop.length === 0 ? sql`true` : sql`s.shop_id = any(${[...shop]}::uuid[])`
  return sql`s.merchant_id = ${merchantId}::uuid and s.decided_at >= ${startOfDay(from)} and s.decided_at < ${startOfDay(addDays(to, 1))} and ${ofShops}`
}
