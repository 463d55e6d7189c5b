/** The journal as a file: a row a line, debit and credit apart. */
import { sql } from 'kysely'
import { journalColumns } from '@choba/shared/columns/journal.ts'
import type { JournalExportQuery, JournalTotals } from '@choba/shared/contracts/journal.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import { journalTotalsSql, journalWhere, LINE_SQL, NAMED_LINES_SQL } from './journal.queries.ts'

export const journalExport: ListExport<JournalExportQuery, JournalTotals> = {
  name: 'journal',
  async open(within, query) {
    const { merchantId } = within
    const way = query.direction === 'desc' ? sql`desc` : sql`asc`
    return {
      columns: wordedColumns(journalColumns, query.language, labels(query.language).journal_column, {
        shopId: await shopNames(within),
      }),
      from: sql`from (select ${LINE_SQL} from ${NAMED_LINES_SQL} where ${journalWhere(merchantId, query)}) line where true`,
      orderBy: sql`order by booked_on ${way}, entry_id ${way}, line`,
      rowKey: sql`hit.entry_id`,
      async totals() {
        const [totals] = await within.query<JournalTotals>(journalTotalsSql(merchantId, query))
        return totals as JournalTotals // an aggregate without groups has exactly one row
      },
    }
  },
}
