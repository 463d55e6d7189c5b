/** What customers are summed up by, recounted from the payments: count, sums, what is open, first and last order. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Findings } from './findings.ts'

export async function checkCustomers(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<void> {
  const { rows } = await sql<{ customerId: string; stored: string; recounted: string }>`
    select coalesce(k.customer_id, r.customer_id)::text as customer_id, coalesce(k.sums, 'nothing') as stored, coalesce(r.sums, 'nothing') as recounted
      from (
        select customer_id, concat_ws(' ', payments, amount_yen, captured_yen, refunded_yen, open_yen, first_ordered_at, last_ordered_at) as sums
          from customer where merchant_id = ${merchantId}::uuid
      ) k full join (
        select customer_id, concat_ws(' ', count(*), sum(amount_yen), sum(captured_yen), sum(refunded_yen),
            sum(np_open_yen(method, status, amount_yen, refunded_yen, state)), min(ordered_at), max(ordered_at)) as sums
          from payment where merchant_id = ${merchantId}::uuid group by customer_id
      ) r on r.customer_id = k.customer_id
      where k.sums is distinct from r.sums order by 1 limit 1000`.execute(tx)
  for (const { customerId, stored, recounted } of rows)
    findings.add('customer', customerId, `says ${stored}, the payments ${recounted}`)
}
