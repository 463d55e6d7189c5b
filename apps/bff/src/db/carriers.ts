/** A shop's words for its carriers and what its contract allows: asked by the workbench, by files and by the radar. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export type CarrierSettingRows = {
  readonly mapping: ReadonlyArray<{ readonly deliveryMethod: string; readonly carrierCode: string }>
  readonly permits: ReadonlyArray<{ readonly carrierCode: string; readonly allowed: boolean }>
}

export async function listCarrierSettings(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
): Promise<CarrierSettingRows> {
  const [mapping, permits] = await Promise.all([
    db
      .selectFrom('carrierMapping')
      .select(['deliveryMethod', 'carrierCode'])
      .where('merchantId', '=', merchantId)
      .where('shopId', '=', shopId)
      .orderBy('deliveryMethod')
      .execute(),
    db
      .selectFrom('carrierPermit')
      .select(['carrierCode', 'allowed'])
      .where('merchantId', '=', merchantId)
      .where('shopId', '=', shopId)
      .orderBy('carrierCode')
      .execute(),
  ])
  return { mapping, permits }
}
