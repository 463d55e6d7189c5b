/** Which column is which, kept for the next file with the same header. */
import type { Kysely } from 'kysely'
import type { ImportKind } from '@choba/shared/imports/names.ts'
import type { ImportMapping } from '@choba/shared/imports/kinds.ts'
import type { Database } from '../../db/schema.ts'

export type MappingKey = { readonly shopId: string; readonly kind: ImportKind; readonly headerHash: string }

export async function findMapping(
  db: Kysely<Database>,
  merchantId: string,
  key: MappingKey,
): Promise<{ mapping: ImportMapping; carrierCode: string | null } | undefined> {
  return db
    .selectFrom('importMapping')
    .select(['mapping', 'carrierCode'])
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', key.shopId)
    .where('kind', '=', key.kind)
    .where('headerHash', '=', key.headerHash)
    .executeTakeFirst()
}

export async function keepMapping(
  tx: Kysely<Database>,
  merchantId: string,
  key: MappingKey,
  kept: { readonly mapping: ImportMapping; readonly carrierCode: string | null; readonly updatedBy: string },
): Promise<void> {
  const row = { ...kept, mapping: JSON.stringify(kept.mapping) }
  await tx
    .insertInto('importMapping')
    .values({ merchantId, ...key, ...row })
    .onConflict((conflict) =>
      conflict.columns(['merchantId', 'shopId', 'kind', 'headerHash']).doUpdateSet({ ...row, updatedAt: new Date() }),
    )
    .execute()
}
