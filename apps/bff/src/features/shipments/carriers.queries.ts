import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

export async function hasShop(db: Kysely<Database>, merchantId: string, shopId: string): Promise<boolean> {
  const row = await db
    .selectFrom('shop')
    .select('shopId')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .executeTakeFirst()
  return row !== undefined
}

/** Puts the shop's whole table in the place of the one before. */
export async function replaceCarriers(
  tx: Kysely<Database>,
  merchantId: string,
  shopId: string,
  next: {
    readonly mapping: ReadonlyArray<{ readonly deliveryMethod: string; readonly carrierCode: string }>
    readonly permits: ReadonlyArray<{ readonly carrierCode: string; readonly allowed: boolean }>
  },
): Promise<void> {
  const shop = { merchantId, shopId }
  await tx.deleteFrom('carrierMapping').where('merchantId', '=', merchantId).where('shopId', '=', shopId).execute()
  await tx.deleteFrom('carrierPermit').where('merchantId', '=', merchantId).where('shopId', '=', shopId).execute()
  const mapping = next.mapping.map((row) => ({ ...shop, ...row }))
  const permits = next.permits.map((row) => ({ ...shop, ...row }))
  if (mapping.length > 0) await tx.insertInto('carrierMapping').values(mapping).execute()
  if (permits.length > 0) await tx.insertInto('carrierPermit').values(permits).execute()
}
