/** The screening table as a file. */
import { sql } from 'kysely'
import { screeningColumns } from '@choba/shared/columns/screenings.ts'
import type { ScreeningExportQuery, ScreeningTotals } from '@choba/shared/contracts/screenings.ts'
import { label, type Language, labels } from '@choba/shared/labels/labels.ts'
import { SCREENING_RESULTS, SCREENING_WIRE_CODE } from '@choba/shared/states/screening.ts'
import type { ListExport, Within } from '../../exports/list-export.ts'
import { shopNames, wordedColumns, type Words } from '../../exports/worded-columns.ts'
import {
  type ResultTotal,
  screeningsOrder,
  screeningsWhere,
  screeningTotalsSql,
  totalsOf,
} from './screenings.queries.ts'

type Query = Omit<ScreeningExportQuery, 'substitute'>

export const screeningsExport: ListExport<ScreeningExportQuery, ScreeningTotals> = {
  name: 'screenings',
  async open(within, query) {
    const { merchantId } = within
    return {
      columns: wordedColumns(screeningColumns, query.language, labels(query.language).screening_column, {
        shopId: await shopNames(within),
        reasons: await reasonWords(within, query),
      }),
      from: sql`from (select s.*, ${wireCode()} as wire_code, p.order_number, p.customer_name, p.phone, p.status, p.connection_method
        from screening s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id) s
        where ${screeningsWhere(merchantId, query)}`,
      orderBy: screeningsOrder(query.sort, query.direction),
      rowKey: sql`hit.payment_id`,
      totals: async () => totalsOf(await within.query<ResultTotal>(screeningTotalsSql(merchantId, query))),
    }
  },
}

function wireCode() {
  const cases = SCREENING_RESULTS.map((result) => sql`when ${result} then ${SCREENING_WIRE_CODE[result] ?? ''}`)
  return sql`case s.result ${sql.join(cases, sql` `)} end`
}

/** Reasons are NP's own words: the selection is asked which it holds. */
async function reasonWords(within: Within, query: Query & { readonly language: Language }): Promise<Words> {
  const codes = await within.query(
    sql<{
      code: string
    }>`select distinct unnest(s.reasons) as code from screening s where ${screeningsWhere(within.merchantId, query)}`,
  )
  return new Map(codes.map(({ code }) => [code, label(query.language, 'reason', code)]))
}
