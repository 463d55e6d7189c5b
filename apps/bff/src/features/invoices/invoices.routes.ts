import { INVOICE_EXPORT_PATH, invoiceExportQuery, invoices } from '@choba/shared/contracts/invoices.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { checkInvoiceExport, exportInvoices, type InvoiceDownload } from './invoices-export.service.ts'
import { getInvoices, type InvoiceDeps, totalInvoices } from './invoices.service.ts'

export function mountInvoices(app: App, deps: InvoiceDeps): void {
  mount(app, invoices.list, ({ query }, session) => getInvoices(deps, session, query))
  mount(app, invoices.totals, ({ query }, session) => totalInvoices(deps, session, query))
  mount(app, invoices.checkExport, ({ query }, session) => checkInvoiceExport(deps, session, query))
  app.get(INVOICE_EXPORT_PATH, async (c) => {
    const session = authorize(c, invoices.checkExport.permission)
    const query = parseInput(invoiceExportQuery, c.req.query(), 'query')
    const download = await exportInvoices(deps, session, query)
    return c.body(download.body, 200, headersOf(download))
  })
}

/** The control totals go beside the rows, not among them. */
function headersOf({ fileName, totals, encoding }: InvoiceDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    'X-Choba-Total-Amount-Yen': String(totals.amountYen),
  }
}
