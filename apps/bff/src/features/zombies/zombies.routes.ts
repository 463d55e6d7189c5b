import { zombies } from '@choba/shared/contracts/zombies.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { totalZombies } from './zombies.queries.ts'
import { getZombies, type ZombieDeps } from './zombies.service.ts'

export function mountZombies(app: App, deps: ZombieDeps): void {
  mount(app, zombies.list, ({ query }, session) => getZombies(deps, session, query))
  mount(app, zombies.totals, ({ query }, { merchantId }) =>
    totalZombies(deps.db.merchant(merchantId), merchantId, query),
  )
}
