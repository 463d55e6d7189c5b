/** What customers are owed and its transfers as a file. */
import { sql } from 'kysely'
import { type CustomerReturnColumnId, customerReturnColumns } from '@choba/shared/columns/customer-returns.ts'
import type { CustomerReturnExportQuery } from '@choba/shared/contracts/customer-returns.ts'
import { label } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import { returnsSql } from './customer-returns.queries.ts'

type ReturnTotals = { count: number; amountYen: number }

export const customerReturnsExport: ListExport<CustomerReturnExportQuery, ReturnTotals> = {
  name: 'customer_returns',
  async open(within, { view, shop, language }) {
    const headers = Object.fromEntries(
      customerReturnColumns.map(({ id }) => [id, label(language, 'return_column', id)]),
    ) as Record<CustomerReturnColumnId, string>
    const found = returnsSql(within.merchantId, view, shop)
    return {
      columns: wordedColumns(customerReturnColumns, language, headers, { shopId: await shopNames(within) }),
      from: sql`from (${found}) found where true`,
      orderBy: view === 'open' ? sql`order by since, id` : sql`order by since desc, id desc`,
      rowKey: sql`hit.id`,
      totals: async () => {
        const [totals] = await within.query<ReturnTotals>(
          sql`select count(*) as count, coalesce(sum(amount_yen), 0)::bigint as amount_yen from (${found}) found`,
        )
        return totals ?? { count: 0, amountYen: 0 }
      },
    }
  },
}
