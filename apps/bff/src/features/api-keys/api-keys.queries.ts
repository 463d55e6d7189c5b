import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { ApiKeyTable } from '../../db/tables/api-keys.ts'

export type ApiKeyRecord = Omit<Selectable<ApiKeyTable>, 'tokenHash' | 'merchantId'>

const SHOWN = [
  'keyId',
  'name',
  'hint',
  'permissions',
  'createdBy',
  'createdAt',
  'expiresAt',
  'lastUsedAt',
  'revokedAt',
  'revokedBy',
] as const

/** Newest first; a merchant has a handful. */
export function listKeys(db: Kysely<Database>, merchantId: string): Promise<ApiKeyRecord[]> {
  return db
    .selectFrom('apiKey')
    .select(SHOWN)
    .where('merchantId', '=', merchantId)
    .orderBy('createdAt', 'desc')
    .orderBy('keyId')
    .execute()
}

export function findKey(db: Kysely<Database>, merchantId: string, keyId: string): Promise<ApiKeyRecord | undefined> {
  return db
    .selectFrom('apiKey')
    .select(SHOWN)
    .where('merchantId', '=', merchantId)
    .where('keyId', '=', keyId)
    .executeTakeFirst()
}

/** False when the id is taken. */
export async function insertKey(
  tx: Kysely<Database>,
  row: Omit<Selectable<ApiKeyTable>, 'lastUsedAt' | 'revokedAt' | 'revokedBy'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('apiKey')
    .values({ ...row, lastUsedAt: null, revokedAt: null, revokedBy: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** False when it was revoked before. */
export async function markRevoked(
  tx: Kysely<Database>,
  merchantId: string,
  keyId: string,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('apiKey')
    .set({ revokedAt: at, revokedBy: by })
    .where('merchantId', '=', merchantId)
    .where('keyId', '=', keyId)
    .where('revokedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
