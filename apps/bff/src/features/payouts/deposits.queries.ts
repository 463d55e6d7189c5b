/** At stores each definite report is a line: what the running total rose by is a sale, what it fell by takes one back. */
import { sql } from 'kysely'

/** `change_yen, reported_on, place` of the payment `p`; `place` counts sales and what is taken back each on its own. */
export const DEPOSITS = sql`
  select c.change_yen, c.reported_on, row_number() over (partition by sign(c.change_yen) order by c.sequence) as place
    from (select e.sequence, (e.at at time zone 'Asia/Tokyo')::date as reported_on,
        (e.data ->> 'totalYen')::bigint - lag((e.data ->> 'totalYen')::bigint, 1, 0::bigint) over (order by e.sequence) as change_yen
      from payment_event e where e.merchant_id = p.merchant_id and e.payment_id = p.payment_id and e.type = 'deposit_reported' and e.data ->> 'certainty' = 'definite') c
    where c.change_yen <> 0`
