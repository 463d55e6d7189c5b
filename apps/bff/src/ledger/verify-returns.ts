/** Transfers to customers that were made, held against what the payments say was returned: each once, to the yen. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Findings } from './findings.ts'

export async function checkReturns(tx: Kysely<Database>, merchantId: string, findings: Findings): Promise<void> {
  const { rows } = await sql<{ paymentId: string; transferredYen: number; returnedYen: number }>`
    select payment_id, coalesce(r.yen, 0) as transferred_yen, coalesce(e.yen, 0) as returned_yen
      from (select payment_id, sum(amount_yen)::bigint as yen, array_agg(return_id::text order by return_id) as ids from customer_return
          where merchant_id = ${merchantId}::uuid and state = 'done' group by payment_id) r
      full join (select payment_id, sum((data->>'amountYen')::bigint)::bigint as yen, array_agg(data->>'returnId' order by (data->>'returnId')::uuid) as ids from payment_event
          where merchant_id = ${merchantId}::uuid and type = 'owed_returned' group by payment_id) e using (payment_id)
      where r.ids is distinct from e.ids or r.yen is distinct from e.yen`.execute(tx)
  for (const { paymentId, transferredYen, returnedYen } of rows)
    findings.add(
      'projection',
      paymentId,
      `transfers to the customer come to ${transferredYen}, the events say ${returnedYen}`,
    )
}
