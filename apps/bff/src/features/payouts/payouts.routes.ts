import { PAYOUT_EXPORT_PATH, payouts } from '@choba/shared/contracts/payouts.ts'
import { payoutExportQuery } from '@choba/shared/filters/payouts.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { getCoverage, listCoverage } from './coverage.service.ts'
import { payoutsExport } from './payouts-export.ts'
import { markPaid } from './mark-paid.service.ts'
import { listPayoutLines } from './payout-lines.service.ts'
import { getPayout, listPayouts, type PayoutDeps, totalPayouts } from './payouts.service.ts'
import { importFile, listFileSources, previewFile } from './statement-file.service.ts'

export function mountPayouts(app: App, deps: PayoutDeps): void {
  mount(app, payouts.list, ({ query }, { merchantId }) => listPayouts(deps, merchantId, query))
  mount(app, payouts.totals, ({ query }, { merchantId }) => totalPayouts(deps, merchantId, query))
  mount(app, payouts.coverage, ({ query }, { merchantId }) => getCoverage(deps, merchantId, query))
  mount(app, payouts.coverageSales, ({ query }, { merchantId }) => listCoverage(deps, merchantId, query))
  mount(app, payouts.fileSources, (_, { merchantId }) => listFileSources(deps, merchantId))
  mount(app, payouts.previewFile, ({ body }, session) => previewFile(deps, session, body))
  mount(app, payouts.importFile, ({ body }, session) => importFile(deps, session, body))
  mount(app, payouts.checkExport, ({ query }, session) => checkListExport(deps, session, payoutsExport(deps), query))
  app.get(PAYOUT_EXPORT_PATH, async (c) => {
    const session = authorize(c, payouts.checkExport.permission)
    const query = parseInput(payoutExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, payoutsExport(deps), query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  // After the paths above: an id stands in the same place.
  mount(app, payouts.get, ({ id }, session) => getPayout(deps, session, id))
  mount(app, payouts.markPaid, ({ id, body }, session) => markPaid(deps, session, { id, body }))
  mount(app, payouts.lines, ({ id, query }, { merchantId }) => listPayoutLines(deps, merchantId, { id, query }))
}
