import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

const COLUMNS = ['connectionId', 'shopId', 'provider', 'connectionMethod', 'methods', 'settings'] as const

export function listSettings(db: Kysely<Database>, merchantId: string) {
  return db
    .selectFrom('connection')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .orderBy('shopId')
    .orderBy('provider')
    .orderBy('connectionMethod')
    .execute()
}

/** Kept from other changes until the transaction ends. */
export function lockSettings(tx: Kysely<Database>, merchantId: string, connectionId: string) {
  return tx
    .selectFrom('connection')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .forUpdate()
    .executeTakeFirst()
}

export async function changeSettings(
  tx: Kysely<Database>,
  merchantId: string,
  connectionId: string,
  change: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx
    .updateTable('connection')
    .set({ settings: sql`settings || ${JSON.stringify(change)}::jsonb` })
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .execute()
}
