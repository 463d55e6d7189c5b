/** The customer table as a file. */
import { customerTable } from '../../db/shop-scope.ts'
import { sql } from 'kysely'
import { customerColumns } from '@choba/shared/columns/customers.ts'
import type { CustomerExportQuery, CustomerTotals } from '@choba/shared/contracts/customers.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { wordedColumns } from '../../exports/worded-columns.ts'
import { customersOrder, customersWhere, customerTotalsSql } from './customers-list.queries.ts'
import type { CustomerDeps } from './customers.service.ts'

export function customersExport({ clock }: CustomerDeps): ListExport<CustomerExportQuery, CustomerTotals> {
  return {
    name: 'customers',
    async open(within, query) {
      const { merchantId } = within
      return {
        columns: wordedColumns(customerColumns, query.language, labels(query.language).customer_column),
        // With the one column that is reckoned.
        from: sql`from (select *, captured_yen - refunded_yen as net_yen from ${customerTable()}) customer where ${customersWhere(merchantId, query)}`,
        orderBy: customersOrder(query.sort, query.direction),
        rowKey: sql`hit.customer_id`,
        fileName: `customers_${dayOf(clock.now())}_JST`,
        async totals() {
          const [totals] = await within.query<CustomerTotals>(customerTotalsSql(merchantId, query))
          return totals as CustomerTotals // an aggregate without groups has exactly one row
        },
      }
    },
  }
}
