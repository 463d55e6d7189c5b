/** The payouts screen as a file. */
import { sql } from 'kysely'
import { payoutColumns } from '@choba/shared/columns/payouts.ts'
import type { PayoutTotals } from '@choba/shared/contracts/payouts.ts'
import type { PayoutExportQuery } from '@choba/shared/filters/payouts.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import { PAYOUT_ORDER, payoutsSql, payoutTotalsSql } from './payout-list.queries.ts'
import { type PayoutDeps, sourceOf } from './payouts.service.ts'

export function payoutsExport(deps: PayoutDeps): ListExport<PayoutExportQuery, PayoutTotals> {
  return {
    name: 'payouts',
    async open(within, { encoding: _, language, ...filter }) {
      const source = await sourceOf(deps, within.merchantId, filter)
      return {
        columns: wordedColumns(payoutColumns, language, labels(language).payout_column, {
          shopId: await shopNames(within),
        }),
        from: sql`${payoutsSql(source)}`,
        orderBy: PAYOUT_ORDER,
        rowKey: sql`hit.payout_id`,
        async totals() {
          const [totals] = await within.query<PayoutTotals>(payoutTotalsSql(source))
          return totals as PayoutTotals // an aggregate without groups has exactly one row
        },
      }
    },
  }
}
