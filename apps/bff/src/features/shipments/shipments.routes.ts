import { shipments } from '@choba/shared/contracts/shipments.ts'
import { AppError } from '../../core/app-error.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getCarriers, setCarriers } from './carriers.service.ts'
import { totalShipments } from './shipments.queries.ts'
import { listWorkbench, type ShipmentDeps } from './shipments.service.ts'

export function mountShipments(app: App, deps: ShipmentDeps): void {
  const { db } = deps
  mount(app, shipments.totals, ({ query }, { merchantId }) =>
    totalShipments(db.merchant(merchantId), merchantId, query),
  )
  mount(app, shipments.list, ({ query }, session) => listWorkbench(deps, session, query))
  mount(app, shipments.carriers, ({ shopId }, session) => getCarriers(deps, session, shopOf(shopId)))
  mount(app, shipments.setCarriers, ({ shopId, body }, session) => setCarriers(deps, session, shopOf(shopId), body))
}

function shopOf(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new AppError('resource.not_found', { shop: id })
  return id
}
