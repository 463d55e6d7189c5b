import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Every connection of a merchant, without its secrets. */
export async function listConnectionIds(db: Kysely<Database>, merchantId: string): Promise<string[]> {
  const rows = await db.selectFrom('connection').select('connectionId').where('merchantId', '=', merchantId).execute()
  return rows.map(({ connectionId }) => connectionId)
}
