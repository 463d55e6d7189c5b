/** Which column is which and what its words mean, kept for the next file with the same header. */
import type { Kysely } from 'kysely'
import type { ImportKind } from '@choba/shared/imports/names.ts'
import type { ImportMapping } from '@choba/shared/imports/kinds.ts'
import type { ImportReading } from '@choba/shared/imports/words.ts'
import type { Database } from '../../db/schema.ts'

export type MappingKey = { readonly shopId: string; readonly kind: ImportKind; readonly headerHash: string }

export type KeptMapping = {
  readonly mapping: ImportMapping
  readonly carrierCode: string | null
  readonly reading: ImportReading
}

export async function findMapping(
  db: Kysely<Database>,
  merchantId: string,
  key: MappingKey,
): Promise<KeptMapping | undefined> {
  return db
    .selectFrom('importMapping')
    .select(['mapping', 'carrierCode', 'reading'])
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
  kept: KeptMapping & { readonly updatedBy: string },
): Promise<void> {
  const row = { ...kept, mapping: JSON.stringify(kept.mapping), reading: JSON.stringify(kept.reading) }
  await tx
    .insertInto('importMapping')
    .values({ merchantId, ...key, ...row })
    .onConflict((conflict) =>
      conflict.columns(['merchantId', 'shopId', 'kind', 'headerHash']).doUpdateSet({ ...row, updatedAt: new Date() }),
    )
    .execute()
}
