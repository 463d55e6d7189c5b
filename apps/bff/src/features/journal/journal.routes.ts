import { chart } from '@choba/shared/contracts/chart.ts'
import { JOURNAL_EXPORT_PATH, journal, journalExportQuery } from '@choba/shared/contracts/journal.ts'
import { checkListExport, exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { changeChart, listChart } from './chart.service.ts'
import { journalExport } from './journal-export.ts'
import { listJournal } from './journal.queries.ts'
import { type JournalDeps, readTrialBalance, totalJournal } from './journal.service.ts'

export function mountJournal(app: App, deps: JournalDeps): void {
  const { db } = deps
  mount(app, journal.list, ({ query }, { merchantId }) => listJournal(db.merchant(merchantId), merchantId, query))
  mount(app, journal.totals, ({ query }, session) => totalJournal(deps, session, query))
  mount(app, journal.trialBalance, ({ query }, session) => readTrialBalance(deps, session, query))
  mount(app, journal.checkExport, ({ query }, session) => checkListExport(deps, session, journalExport, query))
  mount(app, chart.list, (_input, session) => listChart(deps, session))
  mount(app, chart.change, (input, session) => changeChart(deps, session, input))
  app.get(JOURNAL_EXPORT_PATH, async (c) => {
    const session = authorize(c, journal.checkExport.permission)
    const query = parseInput(journalExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, journalExport, query)
    return c.body(download.body, 200, exportHeaders(download))
  })
}
