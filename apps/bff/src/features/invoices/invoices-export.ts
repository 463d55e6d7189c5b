/** The invoice table as a file. */
import { sql } from 'kysely'
import { invoiceColumns } from '@choba/shared/columns/invoices.ts'
import type { InvoiceExportQuery, InvoiceTotals } from '@choba/shared/contracts/invoices.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import {
  invoicesOrder,
  invoicesWhere,
  invoiceTotalsSql,
  type StateTotal,
  stateSql,
  totalsOf,
} from './invoices.queries.ts'
import { type InvoiceDeps, sourceOf } from './invoices.service.ts'

export function invoicesExport(deps: InvoiceDeps): ListExport<InvoiceExportQuery, InvoiceTotals> {
  return {
    name: 'invoices',
    async open(within, query) {
      const source = await sourceOf(deps, within.merchantId)
      return {
        columns: wordedColumns(invoiceColumns, query.language, labels(query.language).invoice_column, {
          shopId: await shopNames(within),
        }),
        from: sql`from (select n.*, ${stateSql(source)} as state, n.invoice_delivery as delivery, n.customer_paid_on as paid_on,
            p.order_number, p.customer_name, p.phone, p.amount_yen, p.status, p.provider_id
            from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
            where ${invoicesWhere(source, query)}) n where true`,
        orderBy: invoicesOrder(query.sort, query.direction),
        rowKey: sql`hit.payment_id`,
        totals: async () => totalsOf(await within.query<StateTotal>(invoiceTotalsSql(source, query))),
      }
    },
  }
}
