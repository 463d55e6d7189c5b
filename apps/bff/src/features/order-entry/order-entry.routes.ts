import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import {
  findDoubles,
  listShops,
  type OrderEntryDeps,
  placesOf,
  reserveNumber,
  setNumbering,
} from './order-entry.service.ts'

export function mountOrderEntry(app: App, deps: OrderEntryDeps): void {
  mount(app, orderEntry.shops, (_input, session) => listShops(deps, session))
  mount(app, orderEntry.reserveNumber, ({ body }, session) => reserveNumber(deps, session, body.shopId))
  mount(app, orderEntry.setNumbering, ({ shopId, body }, session) => setNumbering(deps, session, shopId, body))
  mount(app, orderEntry.places, ({ zip }) => placesOf(zip))
  mount(app, orderEntry.checkDouble, ({ query }, session) => findDoubles(deps, session, query))
}
