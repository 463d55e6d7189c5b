import {
  SUBSCRIPTION_EXPORT_PATH,
  subscriptionExportQuery,
  subscriptions,
} from '@choba/shared/contracts/subscriptions.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { actOn } from './actions.service.ts'
import { detailOf } from './detail.service.ts'
import { readCalendar, readMonth } from './outlook.service.ts'
import {
  checkSubscriptionExport,
  exportSubscriptions,
  type SubscriptionDownload,
} from './subscriptions-export.service.ts'
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
  mount(app, subscriptions.checkExport, ({ query }, session) => checkSubscriptionExport(deps, session, query))
  app.get(SUBSCRIPTION_EXPORT_PATH, async (c) => {
    const session = authorize(c, subscriptions.checkExport.permission)
    const query = parseInput(subscriptionExportQuery, c.req.query(), 'query')
    const download = await exportSubscriptions(deps, session, query)
    return c.body(download.body, 200, headersOf(download))
  })
  mount(app, subscriptions.calendar, ({ query }, session) => readCalendar(deps, session, query))
  mount(app, subscriptions.month, ({ query }, session) => readMonth(deps, session, query))
  mount(app, subscriptions.basis, ({ query }, session) => readBasis(deps, session, query))
  mount(app, subscriptions.preview, ({ body }, session) => previewSubscription(deps, session, body))
  mount(app, subscriptions.create, ({ body }, session) => createSubscription(deps, session, body))
  mount(app, subscriptions.tellUsage, ({ body }, session) => tellUsage(deps, session, body))
  mount(app, subscriptions.get, ({ id }, session) => detailOf(deps, session, id))
  mount(app, subscriptions.act, ({ id, body }, session) => actOn(deps, session, id, body))
}

/** The control totals go beside the rows, not among them. */
function headersOf({ fileName, totals, encoding }: SubscriptionDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    'X-Choba-Total-Amount-Yen': String(totals.amountYen),
  }
}
