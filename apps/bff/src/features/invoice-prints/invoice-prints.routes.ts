import { invoicePrints, PRINT_FILE_PATH, printFileQuery } from '@choba/shared/contracts/invoice-prints.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { checkPrint, listPrints, printInvoices, type PrintDeps } from './invoice-prints.service.ts'
import { openPrintFile } from './print-file.service.ts'

export function mountInvoicePrints(app: App, deps: PrintDeps): void {
  mount(app, invoicePrints.check, ({ body }, session) => checkPrint(deps, session, body))
  mount(app, invoicePrints.print, ({ body }, session) => printInvoices(deps, session, body))
  mount(app, invoicePrints.ofPayment, ({ id }, session) => listPrints(deps, session, idOf(id)))
  app.get(PRINT_FILE_PATH, async (c) => {
    // A bill without its reader's name and address is none: there is no masked one.
    authorize(c, 'personal_data.read')
    const session = authorize(c, invoicePrints.print.permission)
    const { payment } = parseInput(printFileQuery, c.req.query(), 'query')
    const { fileName, body } = await openPrintFile(deps, session, idOf(c.req.param('printId')), payment)
    return c.body(body, 200, {
      'Content-Type': 'application/pdf',
      // Shown where it is opened, so that printing is one step; saved under this name.
      'Content-Disposition': `inline; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    })
  })
}
