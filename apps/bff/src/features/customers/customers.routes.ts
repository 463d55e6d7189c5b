import { CUSTOMER_EXPORT_PATH, customerExportQuery, customers } from '@choba/shared/contracts/customers.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { customersExport } from './customers-export.ts'
import { listCustomers } from './customers-list.queries.ts'
import {
  type CustomerDeps,
  getCustomer,
  getLastOrder,
  getLimit,
  getTotals,
  listCustomerPayments,
} from './customers.service.ts'

export function mountCustomers(app: App, deps: CustomerDeps): void {
  const { db } = deps
  mount(app, customers.list, ({ query }, { merchantId }) => listCustomers(db.merchant(merchantId), merchantId, query))
  mount(app, customers.totals, ({ query }, session) => getTotals(deps, session, query))
  mount(app, customers.limit, ({ query }, session) => getLimit(deps, session, query))
  mount(app, customers.checkExport, ({ query }, session) =>
    checkListExport(deps, session, customersExport(deps), query),
  )
  app.get(CUSTOMER_EXPORT_PATH, async (c) => {
    const session = authorize(c, customers.checkExport.permission)
    const query = parseInput(customerExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, customersExport(deps), query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  // After the paths above: an id stands in the same place.
  mount(app, customers.get, ({ id }, session) => getCustomer(deps, session, id))
  mount(app, customers.lastOrder, ({ id }, session) => getLastOrder(deps, session, id))
  mount(app, customers.payments, ({ id, query }, session) =>
    listCustomerPayments(deps, session, { id, cursor: query.cursor }),
  )
}
