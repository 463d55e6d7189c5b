import { SLIP_EXPORT_PATH, slipExportQuery, slips } from '@choba/shared/contracts/slips.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { checkSlipExport, exportSlips, type SlipDownload } from './slips-export.service.ts'
import { listSlips } from './slips.queries.ts'
import { type SlipDeps, totalSlips } from './slips.service.ts'

export function mountSlips(app: App, deps: SlipDeps): void {
  const { db } = deps
  mount(app, slips.list, ({ query }, { merchantId }) => listSlips(db.merchant(merchantId), merchantId, query))
  mount(app, slips.totals, ({ query }, session) => totalSlips(deps, session, query))
  mount(app, slips.checkExport, ({ query }, session) => checkSlipExport(deps, session, query))
  app.get(SLIP_EXPORT_PATH, async (c) => {
    const session = authorize(c, slips.checkExport.permission)
    const query = parseInput(slipExportQuery, c.req.query(), 'query')
    const download = await exportSlips(deps, session, query)
    return c.body(download.body, 200, headersOf(download))
  })
}

/** The control totals go beside the rows, not among them. */
function headersOf({ fileName, totals, encoding }: SlipDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    'X-Choba-Total-Amount-Yen': String(totals.amountYen),
  }
}
