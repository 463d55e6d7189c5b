/** Which carrier a shop means by its words, and which its contract allows: admins say it, everybody may look. */
import type { Kysely } from 'kysely'
import type { Parsed } from '@choba/shared/contract.ts'
import type { CarrierSettings, shipments } from '@choba/shared/contracts/shipments.ts'
import { headerKey } from '@choba/shared/imports/kinds.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { listCarrierSettings } from '../../db/carriers.ts'
import type { Db } from '../../db/client.ts'
import type { Database } from '../../db/schema.ts'
import { carrierRules, describeCarriers, exceptionsOf, isCarrier } from '../../imports/carrier-rules.ts'
import { hasShop, replaceCarriers } from './carriers.queries.ts'

export type CarrierDeps = { readonly db: Db }

/** @throws AppError resource.not_found */
export async function getCarriers(
  { db }: CarrierDeps,
  { merchantId }: Session,
  shopId: string,
): Promise<CarrierSettings> {
  const scoped = db.merchant(merchantId)
  if (!(await hasShop(scoped, merchantId, shopId))) throw new AppError('resource.not_found', { shop: shopId })
  return settingsOf(scoped, merchantId, shopId)
}

/** @throws AppError resource.not_found, request.invalid naming the row at fault */
export async function setCarriers(
  { db }: CarrierDeps,
  session: Session,
  shopId: string,
  { mapping, allowed }: Parsed<typeof shipments.setCarriers>['body'],
): Promise<CarrierSettings> {
  const { merchantId } = session
  refuseOdd(mapping)
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if (!(await hasShop(tx, merchantId, shopId))) throw new AppError('resource.not_found', { shop: shopId })
      const before = await listCarrierSettings(tx, merchantId, shopId)
      const after = { mapping, permits: exceptionsOf(allowed) }
      await replaceCarriers(tx, merchantId, shopId, after)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'carriers.change',
        subject: { kind: 'shop', id: shopId },
        before,
        after,
      })
      return settingsOf(tx, merchantId, shopId)
    })
}

async function settingsOf(db: Kysely<Database>, merchantId: string, shopId: string): Promise<CarrierSettings> {
  const rows = await listCarrierSettings(db, merchantId, shopId)
  return { shopId, carriers: describeCarriers(carrierRules(rows)), mapping: [...rows.mapping] }
}

/** Names are read without width and case: two that differ in nothing else are one. */
function refuseOdd(mapping: ReadonlyArray<{ readonly deliveryMethod: string; readonly carrierCode: string }>): void {
  const seen = new Set<string>()
  mapping.forEach(({ deliveryMethod, carrierCode }, index) => {
    const key = headerKey(deliveryMethod)
    const message = !isCarrier(carrierCode) ? 'no such carrier' : seen.has(key) ? 'named twice' : undefined
    if (message !== undefined)
      throw new AppError('request.invalid', { issues: [{ path: `mapping.${index}`, message }] })
    seen.add(key)
  })
}
