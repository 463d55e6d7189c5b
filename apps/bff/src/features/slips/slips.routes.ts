import { SLIP_EXPORT_PATH, slipExportQuery, slips } from '@choba/shared/contracts/slips.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { slipsExport } from './slips-export.ts'
import { listSlips } from './slips.queries.ts'
import { readSlip, writeMail } from './slip-sheet.service.ts'
import { type SlipDeps, totalSlips } from './slips.service.ts'

export function mountSlips(app: App, deps: SlipDeps): void {
  const { db } = deps
  mount(app, slips.list, ({ query }, { merchantId }) => listSlips(db.merchant(merchantId), merchantId, query))
  mount(app, slips.totals, ({ query }, session) => totalSlips(deps, session, query))
  mount(app, slips.checkExport, ({ query }, session) => checkListExport(deps, session, slipsExport, query))
  app.get(SLIP_EXPORT_PATH, async (c) => {
    const session = authorize(c, slips.checkExport.permission)
    const query = parseInput(slipExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, slipsExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  // After the paths above: an id stands in the same place.
  mount(app, slips.get, ({ id }, session) => readSlip(deps, session, id))
  mount(app, slips.mail, ({ id, query }, session) => writeMail(deps, session, id, query.language))
}
