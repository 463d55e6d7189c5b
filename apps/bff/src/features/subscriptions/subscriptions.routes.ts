import {
  SUBSCRIPTION_EXPORT_PATH,
  subscriptionExportQuery,
  subscriptions,
} from '@choba/shared/contracts/subscriptions.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { actOn } from './actions.service.ts'
import { cycleOfPayment, detailOf } from './detail.service.ts'
import { readCalendar, readMonth } from './outlook.service.ts'
import { subscriptionsExport } from './subscriptions-export.ts'
import { listSubscriptions } from './subscriptions.queries.ts'
import {
  createSubscription,
  previewSubscription,
  readBasis,
  type SubscriptionDeps,
  totalSubscriptions,
} from './subscriptions.service.ts'
import { tellUsage } from './usage.service.ts'

export function mountSubscriptions(app: App, deps: SubscriptionDeps): void {
  const { db } = deps
  mount(app, subscriptions.list, ({ query }, { merchantId }) =>
    listSubscriptions(db.merchant(merchantId), merchantId, query),
  )
  mount(app, subscriptions.totals, ({ query }, session) => totalSubscriptions(deps, session, query))
  mount(app, subscriptions.checkExport, ({ query }, session) =>
    checkListExport(deps, session, subscriptionsExport, query),
  )
  app.get(SUBSCRIPTION_EXPORT_PATH, async (c) => {
    const session = authorize(c, subscriptions.checkExport.permission)
    const query = parseInput(subscriptionExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, subscriptionsExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  mount(app, subscriptions.calendar, ({ query }, session) => readCalendar(deps, session, query))
  mount(app, subscriptions.month, ({ query }, session) => readMonth(deps, session, query))
  mount(app, subscriptions.basis, ({ query }, session) => readBasis(deps, session, query))
  mount(app, subscriptions.preview, ({ body }, session) => previewSubscription(deps, session, body))
  mount(app, subscriptions.create, ({ body }, session) => createSubscription(deps, session, body))
  mount(app, subscriptions.tellUsage, ({ body }, session) => tellUsage(deps, session, body))
  mount(app, subscriptions.ofPayment, ({ id }, session) => cycleOfPayment(deps, session, id))
  mount(app, subscriptions.get, ({ id }, session) => detailOf(deps, session, id))
  mount(app, subscriptions.act, ({ id, body }, session) => actOn(deps, session, id, body))
}
