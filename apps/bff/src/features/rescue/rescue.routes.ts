import { rescue } from '@choba/shared/contracts/rescue.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { putAside, readOutcomes, readQueue, readSheet, readTotals, type RescueDeps } from './rescue.service.ts'

export function mountRescue(app: App, deps: RescueDeps): void {
  mount(app, rescue.list, ({ query }, session) => readQueue(deps, session, query))
  mount(app, rescue.totals, ({ query }, session) => readTotals(deps, session, query))
  mount(app, rescue.outcomes, ({ body }, session) => readOutcomes(deps, session, body))
  mount(app, rescue.setAside, ({ body }, session) => putAside(deps, session, body))
  // After the paths above: an id stands in the same place.
  mount(app, rescue.get, ({ id }, session) => readSheet(deps, session, id))
}
