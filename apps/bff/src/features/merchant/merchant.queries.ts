import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

export type ShopNames = { readonly name: string; readonly code: string }

export function getMerchantRow(db: Kysely<Database>, merchantId: string) {
  return db
    .selectFrom('merchant')
    .select(['merchantId', 'name', 'environment'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
}

export async function putMerchantName(tx: Kysely<Database>, merchantId: string, name: string): Promise<void> {
  await tx.updateTable('merchant').set({ name }).where('merchantId', '=', merchantId).execute()
}

/** In the order of their codes; `payments`: there are any. */
export async function listShops(db: Kysely<Database>, merchantId: string) {
  const { rows } = await sql<ShopNames & { shopId: string; payments: boolean }>`
    select s.shop_id, s.name, s.code,
        exists (select from payment p where p.merchant_id = s.merchant_id and p.shop_id = s.shop_id) as payments
      from shop s where s.merchant_id = ${merchantId}::uuid order by s.code`.execute(db)
  return rows
}

export function lockShop(tx: Kysely<Database>, merchantId: string, shopId: string) {
  return tx
    .selectFrom('shop')
    .select(['name', 'code'])
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .forUpdate()
    .executeTakeFirst()
}

/** Nothing is written when the id or the code is there already. */
export async function insertShop(
  tx: Kysely<Database>,
  merchantId: string,
  shop: ShopNames & { readonly shopId: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('shop')
    .values({ merchantId, ...shop })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function isCodeTaken(
  tx: Kysely<Database>,
  merchantId: string,
  { code, shopId }: { readonly code: string; readonly shopId: string },
): Promise<boolean> {
  const found = await tx
    .selectFrom('shop')
    .select('shopId')
    .where('merchantId', '=', merchantId)
    .where('code', '=', code)
    .where('shopId', '!=', shopId)
    .executeTakeFirst()
  return found !== undefined
}

export async function putShop(
  tx: Kysely<Database>,
  merchantId: string,
  shopId: string,
  names: ShopNames,
): Promise<void> {
  await tx
    .updateTable('shop')
    .set({ name: names.name, code: names.code })
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .execute()
}
