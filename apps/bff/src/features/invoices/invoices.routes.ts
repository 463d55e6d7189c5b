import { INVOICE_EXPORT_PATH, invoiceExportQuery, invoices } from '@choba/shared/contracts/invoices.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { invoicesExport } from './invoices-export.ts'
import { getInvoice, getInvoices, type InvoiceDeps, totalInvoices } from './invoices.service.ts'

export function mountInvoices(app: App, deps: InvoiceDeps): void {
  mount(app, invoices.list, ({ query }, session) => getInvoices(deps, session, query))
  mount(app, invoices.totals, ({ query }, session) => totalInvoices(deps, session, query))
  mount(app, invoices.checkExport, ({ query }, session) => checkListExport(deps, session, invoicesExport(deps), query))
  app.get(INVOICE_EXPORT_PATH, async (c) => {
    const session = authorize(c, invoices.checkExport.permission)
    const query = parseInput(invoiceExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, invoicesExport(deps), query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  mount(app, invoices.get, ({ id }, session) => getInvoice(deps, session, idOf(id)))
}
