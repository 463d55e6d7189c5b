/** The sales ledger as a file: the columns that were chosen, in their order. */
import { type RawBuilder, sql } from 'kysely'
import { type PaymentColumnId, paymentColumns } from '@choba/shared/columns/payments.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { PaymentExportQuery, PaymentTotals, payments } from '@choba/shared/contracts/payments.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { PaymentFilter } from '@choba/shared/filters/payments.ts'
import { label, type Language, labels } from '@choba/shared/labels/labels.ts'
import type { Session } from '../../core/session.ts'
import { selectionOf, whereOf } from '../../db/filter-to-sql.ts'
import { orderBy } from '../../db/keyset.ts'
import { chosenColumns } from '../../exports/chosen-columns.ts'
import { findUnmappable, type ListExport, type Within } from '../../exports/list-export.ts'
import { charactersMissing } from '../../exports/unmappable.ts'
import { wordedColumns, type Words } from '../../exports/worded-columns.ts'
import { shopsSql, type ShopName, totalsSql } from './payments.queries.ts'
import { GOODS_LINES, LINE_ORDER, lineColumns, onFirstLine } from './payment-lines.ts'
import type { PaymentDeps } from './payments.service.ts'

type Query = Omit<PaymentExportQuery, 'substitute' | 'columns'>
type RowKey = { readonly paymentId: string; readonly orderNumber: string }

/** Places a person can look through. */
const MOST_PLACES = 200

/** What a download of this view would hold, before it is asked for; each cell the encoding cannot write with its payment. */
export async function checkPaymentExport(
  deps: PaymentDeps,
  session: Session,
  query: Omit<PaymentExportQuery, 'substitute'>,
): Promise<Output<typeof payments.checkExport>> {
  const { totals, cells } = await findUnmappable<RowKey, PaymentExportQuery, PaymentTotals>(
    deps,
    session,
    paymentsExport(deps),
    query,
    MOST_PLACES,
  )
  return {
    totals,
    unmappable: cells.map(({ total: _, ...cell }) => ({ ...cell, characters: charactersMissing(cell.value) })),
    unmappableCount: cells[0]?.total ?? 0,
  }
}

export function paymentsExport({ clock }: PaymentDeps): ListExport<PaymentExportQuery, PaymentTotals> {
  return {
    name: 'payments',
    async open(within, query, asked) {
      const { merchantId } = within
      const chosen = columnsFor(asked)
      const filter = { ...filterOf(query), askedBy: within.userId }
      const isByLine = query.per === 'line'
      const where = whereOf(selectionOf(merchantId, filter))
      const from = sql`from payment ${withTags(merchantId, chosen)} ${isByLine ? GOODS_LINES : sql``} where ${where}`
      const shops = await within.query(shopsSql(merchantId))
      const words = {
        shopId: new Map(shops.map((shop) => [shop.shopId, shop.name])),
        // Of the sales alone: their tags and goods say nothing of it.
        ...(await listWords(within, chosen, query.language, sql`from payment where ${where}`)),
      }
      const columns = wordedColumns<PaymentColumnId>(chosen, query.language, labels(query.language).column, words)
      const order = orderBy(query.sort, query.direction === 'desc')
      return {
        columns: isByLine ? columns.map(onFirstLine) : columns,
        ...(isByLine && { also: lineColumns(query.language) }),
        from,
        orderBy: isByLine ? sql`${order}, ${LINE_ORDER}` : order,
        rowKey: sql`hit.payment_id, hit.order_number`,
        fileName: fileNameOf(query, shops, dayOf(clock.now())),
        async totals() {
          const [totals] = await within.query<PaymentTotals>(totalsSql(merchantId, filter))
          const [rows] = isByLine ? await within.query(sql<{ count: number }>`select count(*) as count ${from}`) : []
          return { ...totals, ...rows } as PaymentTotals // an aggregate without groups has exactly one row
        },
      }
    },
  }
}

function filterOf({
  per: _per,
  encoding: _encoding,
  language: _language,
  sort: _sort,
  direction: _direction,
  ...filter
}: Query): PaymentFilter {
  return filter
}

type Chosen = (typeof paymentColumns)[number]

/** Without a choice what a new account sees. */
function columnsFor(asked: string | undefined): readonly Chosen[] {
  return asked === undefined || asked === ''
    ? paymentColumns.filter((column) => 'shown' in column)
    : chosenColumns<Chosen>(paymentColumns, asked)
}

/** Under their names of now; the table itself knows none of them. */
function withTags(merchantId: string, chosen: readonly Chosen[]): RawBuilder<unknown> {
  if (!chosen.some(({ id }) => id === 'tags')) return sql``
  return sql`cross join lateral (select array(select t.name from payment_tag pt join tag t on t.merchant_id = pt.merchant_id and t.tag_id = pt.tag_id where pt.merchant_id = ${merchantId}::uuid and pt.payment_id = payment.payment_id order by t.name) as tags) put_on`
}

/** Reasons are the providers' own words, so the selection is asked which it holds. */
async function listWords(
  within: Within,
  chosen: readonly Chosen[],
  language: Language,
  from: RawBuilder<unknown>,
): Promise<Partial<Record<PaymentColumnId, Words>>> {
  const words: Partial<Record<PaymentColumnId, Words>> = {}
  for (const column of chosen) {
    if (column.id !== 'reasons') continue
    const codes = await within.query(
      sql<{ code: string }>`select distinct unnest(reasons) as code ${from} and reasons <> '{}'`,
    )
    words[column.id] = new Map(codes.map(({ code }) => [code, label(language, column.labels, code)]))
  }
  return words
}

/** `sales_<shop>_<from>_<to>_JST`, `sales_lines_…` for one by line; an open end says so by its word, and until now by today. */
function fileNameOf({ shop, from, to, per }: Query, shops: readonly ShopName[], today: string): string {
  const codes = shops
    .filter(({ shopId }) => shop?.includes(shopId))
    .map(({ code }) => code.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_'))
  return `sales_${per === 'line' ? 'lines_' : ''}${codes.length === 0 ? 'all' : codes.join('+')}_${from ?? 'start'}_${to ?? today}_JST`
}
