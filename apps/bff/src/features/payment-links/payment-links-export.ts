/** The payment links as a file. */
import { sql } from 'kysely'
import { paymentLinkColumns } from '@choba/shared/columns/payment-links.ts'
import type { PaymentLinkExportQuery, PaymentLinkTotals } from '@choba/shared/contracts/payment-links.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import { linksOrder, linksWhere, linkTotalsSql, type StateTotal, totalsOf } from './payment-links.queries.ts'

export const paymentLinksExport: ListExport<PaymentLinkExportQuery, PaymentLinkTotals> = {
  name: 'payment_links',
  async open(within, query) {
    const { merchantId } = within
    return {
      columns: wordedColumns(paymentLinkColumns, query.language, labels(query.language).payment_link_column, {
        shopId: await shopNames(within),
      }),
      from: sql`from payment_link l where ${linksWhere(merchantId, query)}`,
      orderBy: linksOrder(query.sort, query.direction),
      rowKey: sql`hit.link_id`,
      totals: async () => totalsOf(await within.query<StateTotal>(linkTotalsSql(merchantId, query))),
    }
  },
}
