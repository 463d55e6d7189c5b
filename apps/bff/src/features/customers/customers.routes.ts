import { CUSTOMER_EXPORT_PATH, customerExportQuery, customers } from '@choba/shared/contracts/customers.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { checkCustomerExport, type CustomerDownload, exportCustomers } from './customers-export.service.ts'
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
  mount(app, customers.checkExport, ({ query }, session) => checkCustomerExport(deps, session, query))
  app.get(CUSTOMER_EXPORT_PATH, async (c) => {
    const session = authorize(c, customers.checkExport.permission)
    const query = parseInput(customerExportQuery, c.req.query(), 'query')
    const download = await exportCustomers(deps, session, query)
    return c.body(download.body, 200, headersOf(download))
  })
  // After the paths above: an id stands in the same place.
  mount(app, customers.get, ({ id }, session) => getCustomer(deps, session, id))
  mount(app, customers.lastOrder, ({ id }, session) => getLastOrder(deps, session, id))
  mount(app, customers.payments, ({ id, query }, session) =>
    listCustomerPayments(deps, session, { id, cursor: query.cursor }),
  )
}

function headersOf({ fileName, totals, encoding }: CustomerDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    'X-Choba-Total-Captured-Yen': String(totals.capturedYen),
    'X-Choba-Total-Open-Yen': String(totals.openYen),
  }
}
