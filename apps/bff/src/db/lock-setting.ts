import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** One change of a merchant's setting at a time: it is read, compared and written as a whole. Held to the end of the transaction. */
export async function lockSetting(tx: Kysely<Database>, merchantId: string, setting: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${setting}:${merchantId}`}, 0))`.execute(tx)
}
