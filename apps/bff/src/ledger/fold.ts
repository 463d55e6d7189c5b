/** Folds appended rollup deltas into the rows of their day and month. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'

const FOLD_LOCK = 7_260_401
const DELTAS_AT_ONCE = 50_000
const KEY = sql`merchant_id, date_kind, day, shop_id, method, status, site, billing_method, connection_method`
const MONTH_KEY = sql`merchant_id, date_kind, date_trunc('month', day)::date, shop_id, method, status, site, billing_method, connection_method`
const SUMS = sql`sum(payments)::bigint as payments, sum(amount_yen)::bigint as amount_yen, sum(captured_yen)::bigint as captured_yen, sum(refunded_yen)::bigint as refunded_yen, sum(fee_yen)::bigint as fee_yen`

/**
 * Moves every delta that is committed when it looks; writers go on appending meanwhile. A reader sees a delta either as
 * a delta or folded, never both and never neither, because each batch is one statement. Returns how many were folded;
 * none when another process is folding.
 */
export async function foldRollups(owner: Kysely<Database>): Promise<number> {
  let folded = 0
  for (;;) {
    const moved = await foldBatch(owner)
    folded += moved
    if (moved < DELTAS_AT_ONCE) return folded
  }
}

/**
 * Taken by the place of their rows: by their keys, a planner that has not heard how many there are took minutes for a batch.
 * Nobody but the fold touches a delta, so none changes its place meanwhile.
 */
async function foldBatch(owner: Kysely<Database>): Promise<number> {
  return owner.transaction().execute(async (tx) => {
    const lock = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${FOLD_LOCK}) as taken`.execute(tx)
    if (lock.rows[0]?.taken !== true) return 0
    const { rows } = await sql<{ deltas: number }>`
      with taken as (
        delete from rollup_delta where ctid = any(array(select ctid from rollup_delta limit ${DELTAS_AT_ONCE})) returning *
      ), days as (
        insert into rollup_day as r (${KEY}, payments, amount_yen, captured_yen, refunded_yen, fee_yen)
        select ${KEY}, ${SUMS} from taken group by ${KEY} ${ADD_TO_ROW}
      ), months as (
        insert into rollup_month as r (${KEY}, payments, amount_yen, captured_yen, refunded_yen, fee_yen)
        select ${MONTH_KEY}, ${SUMS} from taken group by ${MONTH_KEY} ${ADD_TO_ROW}
      )
      select count(*)::int as deltas from taken`.execute(tx)
    return rows[0]?.deltas ?? 0
  })
}

const ADD_TO_ROW = sql`on conflict (${KEY}) do update set payments = r.payments + excluded.payments, amount_yen = r.amount_yen + excluded.amount_yen,
  captured_yen = r.captured_yen + excluded.captured_yen, refunded_yen = r.refunded_yen + excluded.refunded_yen, fee_yen = r.fee_yen + excluded.fee_yen`
