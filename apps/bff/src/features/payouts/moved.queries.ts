import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

export type StatedThrough = { readonly connectionId: string; readonly method: string; readonly closingOn: string }

/** The last closing each provider has stated. Served by statement_by_connection. */
export async function listStatedThrough(db: Kysely<Database>, merchantId: string): Promise<StatedThrough[]> {
  const { rows } = await sql<StatedThrough>`
    select connection_id, method, max(closing_on) as closing_on from statement
      where merchant_id = ${merchantId}::uuid group by connection_id, method`.execute(db)
  return rows
}
