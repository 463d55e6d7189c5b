import { SCREENING_EXPORT_PATH, screeningExportQuery, screenings } from '@choba/shared/contracts/screenings.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { checkScreeningExport, exportScreenings, type ScreeningDownload } from './screenings-export.service.ts'
import { listScreenings } from './screenings.queries.ts'
import { getFigures, type ScreeningDeps, totalScreenings } from './screenings.service.ts'

export function mountScreenings(app: App, deps: ScreeningDeps): void {
  const { db } = deps
  mount(app, screenings.list, ({ query }, { merchantId }) => listScreenings(db.merchant(merchantId), merchantId, query))
  mount(app, screenings.totals, ({ query }, session) => totalScreenings(deps, session, query))
  mount(app, screenings.figures, ({ query }, session) => getFigures(deps, session, query))
  mount(app, screenings.checkExport, ({ query }, session) => checkScreeningExport(deps, session, query))
  app.get(SCREENING_EXPORT_PATH, async (c) => {
    const session = authorize(c, screenings.checkExport.permission)
    const query = parseInput(screeningExportQuery, c.req.query(), 'query')
    const download = await exportScreenings(deps, session, query)
    return c.body(download.body, 200, headersOf(download))
  })
}

/** The control totals go beside the rows, not among them. */
function headersOf({ fileName, totals, encoding }: ScreeningDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    'X-Choba-Total-Amount-Yen': String(totals.amountYen),
  }
}
