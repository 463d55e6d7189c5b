import { SCREENING_EXPORT_PATH, screeningExportQuery, screenings } from '@choba/shared/contracts/screenings.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { screeningsExport } from './screenings-export.ts'
import { listScreenings } from './screenings.queries.ts'
import { getFigures, type ScreeningDeps, totalScreenings } from './screenings.service.ts'

export function mountScreenings(app: App, deps: ScreeningDeps): void {
  const { db } = deps
  mount(app, screenings.list, ({ query }, { merchantId }) => listScreenings(db.merchant(merchantId), merchantId, query))
  mount(app, screenings.totals, ({ query }, session) => totalScreenings(deps, session, query))
  mount(app, screenings.figures, ({ query }, session) => getFigures(deps, session, query))
  mount(app, screenings.checkExport, ({ query }, session) => checkListExport(deps, session, screeningsExport, query))
  app.get(SCREENING_EXPORT_PATH, async (c) => {
    const session = authorize(c, screenings.checkExport.permission)
    const query = parseInput(screeningExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, screeningsExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
}
