/** The subscriptions as a file. */
import { sql } from 'kysely'
import { subscriptionColumns } from '@choba/shared/columns/subscriptions.ts'
import type { SubscriptionExportQuery, SubscriptionTotals } from '@choba/shared/contracts/subscriptions.ts'
import { label } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import {
  attentionSql,
  subscriptionsOrder,
  subscriptionsWhere,
  subscriptionTotalsSql,
  totalsOf,
} from './subscriptions.queries.ts'

export const subscriptionsExport: ListExport<SubscriptionExportQuery, SubscriptionTotals> = {
  name: 'subscriptions',
  async open(within, query) {
    const { merchantId } = within
    const headers = Object.fromEntries(
      subscriptionColumns.map(({ id }) => [id, label(query.language, 'subscription_column', id)]),
    ) as Record<(typeof subscriptionColumns)[number]['id'], string>
    return {
      columns: wordedColumns(subscriptionColumns, query.language, headers, { shopId: await shopNames(within) }),
      from: sql`from (select s.subscription_id, s.code, s.customer_name, s.status, ${attentionSql} as attention, s.next_on, s.amount_yen, s.item_name,
          s.rhythm_unit, s.rhythm_every::text as rhythm_every, s.rhythm_day::text as rhythm_day, s.kind, s.method, s.created_at, s.shop_id
        from subscription s where ${subscriptionsWhere(merchantId, query)}) s where true`,
      orderBy: subscriptionsOrder(query.sort, query.direction),
      rowKey: sql`hit.subscription_id`,
      totals: async () => totalsOf(await within.query<SubscriptionTotals>(subscriptionTotalsSql(merchantId, query))),
    }
  },
}
