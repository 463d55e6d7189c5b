import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Notices are told up to here one by one; beyond it pages read everything again. */
const MOST_TOLD = 50

/** Open pages hear of it as of a change of the books, when the transaction commits. */
export async function tellPages(
  tx: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<void> {
  const told = { merchantId, paymentIds: paymentIds.slice(0, MOST_TOLD), more: paymentIds.length > MOST_TOLD }
  await sql`select pg_notify('ledger', ${JSON.stringify(told)})`.execute(tx)
}
