import {
  CUSTOMER_RETURN_EXPORT_PATH,
  customerReturnExportQuery,
  customerReturns,
} from '@choba/shared/contracts/customer-returns.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { customerReturnsExport } from './customer-returns-export.ts'
import { totalReturns } from './customer-returns.queries.ts'
import {
  completeReturn,
  type CustomerReturnDeps,
  dropReturn,
  getReturns,
  requestReturn,
  revealAccount,
} from './customer-returns.service.ts'

export function mountCustomerReturns(app: App, deps: CustomerReturnDeps): void {
  const { db } = deps
  mount(app, customerReturns.list, ({ query }, session) => getReturns(deps, session, query))
  mount(app, customerReturns.totals, ({ query }, { merchantId }) =>
    totalReturns(db.merchant(merchantId), merchantId, query.shop),
  )
  mount(app, customerReturns.checkExport, ({ query }, session) =>
    checkListExport(deps, session, customerReturnsExport, query),
  )
  app.get(CUSTOMER_RETURN_EXPORT_PATH, async (c) => {
    const session = authorize(c, customerReturns.checkExport.permission)
    const query = parseInput(customerReturnExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, customerReturnsExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  mount(app, customerReturns.request, ({ body }, session) => requestReturn(deps, session, body))
  mount(app, customerReturns.complete, ({ id, body }, session) => completeReturn(deps, session, id, body))
  mount(app, customerReturns.drop, ({ id, body }, session) => dropReturn(deps, session, id, body.reason))
  mount(app, customerReturns.account, ({ id }, session) => revealAccount(deps, session, id))
}
