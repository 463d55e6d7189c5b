/** The slip table as a file. */
import { sql } from 'kysely'
import { slipColumns } from '@choba/shared/columns/slips.ts'
import type { SlipExportQuery, SlipTotals } from '@choba/shared/contracts/slips.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { STORE_CODES, STORES } from '@choba/shared/methods.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import { slipsOrder, slipsWhere, slipTotalsSql, totalsOf, warningsSql } from './slips.queries.ts'

export const slipsExport: ListExport<SlipExportQuery, SlipTotals> = {
  name: 'slips',
  async open(within, query) {
    const { merchantId } = within
    const { store, slip_column } = labels(query.language)
    return {
      columns: wordedColumns(slipColumns, query.language, slip_column, {
        shopId: await shopNames(within),
        store: new Map(STORE_CODES.map((code) => [code, store[STORES[code]]])),
      }),
      from: sql`from (select s.*, ${warningsSql} as warnings, p.customer_name, p.status
        from convenience_store_slip s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id) s
        where ${slipsWhere(merchantId, query)}`,
      orderBy: slipsOrder(query.sort, query.direction),
      rowKey: sql`hit.payment_id`,
      totals: async () => totalsOf(await within.query<SlipTotals>(slipTotalsSql(merchantId, query))),
    }
  },
}
