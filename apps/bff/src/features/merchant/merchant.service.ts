/** The merchant's name and its shops. A shop with payments stays: the books speak of it. */
import type { MerchantView } from '@choba/shared/contracts/merchant.ts'
import { audit, replaceSetting } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import {
  getMerchantRow,
  insertShop,
  isCodeTaken,
  listShops,
  lockShop,
  putMerchantName,
  putShop,
  type ShopNames,
} from './merchant.queries.ts'

type Deps = { readonly db: Db }
type Done = { done: true }

export async function getMerchant({ db }: Deps, { merchantId }: Session): Promise<MerchantView> {
  const reader = db.merchant(merchantId)
  const [row, shops] = await Promise.all([getMerchantRow(reader, merchantId), listShops(reader, merchantId)])
  return { ...row, shops }
}

export async function renameMerchant({ db }: Deps, session: Session, name: string): Promise<Done> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = await getMerchantRow(tx, merchantId)
      const entry = {
        merchantId,
        actor: person(session),
        action: 'merchant.rename',
        subject: { kind: 'merchant', id: merchantId },
      }
      await replaceSetting(tx, entry, { before: { name: before.name }, after: { name } }, () =>
        putMerchantName(tx, merchantId, name),
      )
    })
  return { done: true }
}

/** The same shop again is the same shop. @throws AppError shop.code_taken */
export async function addShop({ db }: Deps, session: Session, shopId: string, shop: ShopNames): Promise<Done> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if (!(await insertShop(tx, merchantId, { shopId, ...shop }))) {
        const known = await lockShop(tx, merchantId, shopId)
        if (known === undefined || known.code !== shop.code) throw new AppError('shop.code_taken', { code: shop.code })
        return
      }
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'shop.add',
        subject: { kind: 'shop', id: shopId },
        after: shop,
      })
    })
  return { done: true }
}

/** @throws AppError shop.code_taken, resource.not_found */
export async function changeShop({ db }: Deps, session: Session, shopId: string, shop: ShopNames): Promise<Done> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = await lockShop(tx, merchantId, shopId)
      if (before === undefined) throw new AppError('resource.not_found', { shop: shopId })
      if (before.name === shop.name && before.code === shop.code) return
      if (await isCodeTaken(tx, merchantId, { code: shop.code, shopId }))
        throw new AppError('shop.code_taken', { code: shop.code })
      await putShop(tx, merchantId, shopId, shop)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'shop.change',
        subject: { kind: 'shop', id: shopId },
        before,
        after: shop,
      })
    })
  return { done: true }
}
