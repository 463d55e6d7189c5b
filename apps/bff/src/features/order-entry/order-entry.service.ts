/** What the order form asks before an order is sent: where it may go, its number, places of a postal code, orders that look alike. */
import type { Output } from '@choba/shared/contract.ts'
import type { Doublet, orderEntry, OrderNumbering } from '@choba/shared/contracts/order-entry.ts'
import { CLERK_METHODS } from '@choba/shared/methods.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import { assert } from '../../core/assert.ts'
import { findPlaces } from '../../core/postal-codes.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import {
  isNumberTaken,
  listDoubles,
  listEntryShops,
  listNumberings,
  type OrderToCompare,
  putNumbering,
  takeNumber,
} from './order-entry.queries.ts'

export type OrderEntryDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

/** Until a shop says otherwise. */
const FIRST_NUMBERING: OrderNumbering = { prefix: 'TEL-', nextNumber: 1, digits: 5 }

export async function listShops(
  { db, providerClocks }: OrderEntryDeps,
  { merchantId }: Session,
): Promise<Output<typeof orderEntry.shops>> {
  const scoped = db.merchant(merchantId)
  const [shops, numberings] = await Promise.all([
    listEntryShops(scoped, merchantId),
    listNumberings(scoped, merchantId),
  ])
  const newest = new Map(shops.toReversed().map((shop) => [shop.shopId, shop]))
  return {
    shops: [...newest.values()].map(({ shopId, connectionId }) => ({
      shopId,
      methods: CLERK_METHODS.filter((method) =>
        shops.some((shop) => shop.shopId === shopId && shop.methods.includes(method)),
      ),
      today: dayOf(providerClocks.now(connectionId)),
      numbering: numberings.get(shopId) ?? FIRST_NUMBERING,
    })),
  }
}

/** A number that was used before, by hand or by an import, is passed over. */
export async function reserveNumber(
  deps: OrderEntryDeps,
  { merchantId }: Session,
  shopId: string,
): Promise<{ orderNumber: string }> {
  await refuseOthers(deps, merchantId, shopId)
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const orderNumber = written(await takeNumber(tx, merchantId, shopId, FIRST_NUMBERING))
        if (!(await isNumberTaken(tx, merchantId, shopId, orderNumber))) return { orderNumber }
      }
      return { orderNumber: '' } // so many in a row are taken that a person has to set where to go on
    })
}

const MOST_TRIES = 100

/** @throws AppError resource.not_found */
export async function setNumbering(
  deps: OrderEntryDeps,
  session: Session,
  shopId: string,
  numbering: OrderNumbering,
): Promise<OrderNumbering> {
  const { merchantId } = session
  await refuseOthers(deps, merchantId, shopId)
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = (await listNumberings(tx, merchantId)).get(shopId)
      await putNumbering(tx, merchantId, shopId, numbering)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'order_numbering.change',
        subject: { kind: 'shop', id: shopId },
        before,
        after: numbering,
      })
    })
  return numbering
}

/** @throws AppError request.invalid when it is no postal code */
export async function placesOf(zip: string): Promise<Output<typeof orderEntry.places>> {
  if (!/^\d{3}-?\d{4}$/.test(zip))
    throw new AppError('request.invalid', { issues: [{ path: 'zip', message: 'not seven digits' }] })
  return { zip, places: await findPlaces(zip) }
}

export async function findDoubles(
  { db }: OrderEntryDeps,
  { merchantId }: Session,
  order: OrderToCompare,
): Promise<{ doubles: Doublet[] }> {
  return { doubles: await listDoubles(db.merchant(merchantId), merchantId, order) }
}

async function refuseOthers({ db }: OrderEntryDeps, merchantId: string, shopId: string): Promise<void> {
  const shops = await listEntryShops(db.merchant(merchantId), merchantId)
  if (!shops.some((shop) => shop.shopId === shopId)) throw new AppError('resource.not_found', { shop: shopId })
}

function written({ prefix, nextNumber, digits }: OrderNumbering): string {
  const number = `${prefix}${String(nextNumber).padStart(digits, '0')}`
  assert(number.length <= 38, `an order number has at most 38 characters: ${number.length}`)
  return number
}
