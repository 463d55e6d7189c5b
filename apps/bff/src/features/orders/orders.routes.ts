import { orders } from '@choba/shared/contracts/orders.ts'
import { person } from '../../core/actor.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { createOrders, type OrdersDeps } from './orders.service.ts'

export function mountOrders(app: App, deps: OrdersDeps): void {
  mount(app, orders.create, ({ body }, session) =>
    createOrders(deps, { merchantId: session.merchantId, actor: person(session) }, body.orders),
  )
}
