/**
 * A row for each of a sale's goods, and one for a sale whose goods are not known. What is said of the whole sale is said in
 * every row, but its money in the first alone: a column adds up to what the screen shows.
 */
import { type RawBuilder, sql } from 'kysely'
import { paymentLineColumns } from '@choba/shared/columns/payment-lines.ts'
import { type Language, labels } from '@choba/shared/labels/labels.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { wordedColumns } from '../../exports/worded-columns.ts'

/** Joined to `payment`; an order detail that cannot be read counts as none. */
export const GOODS_LINES = sql`
  left join lateral (select case when jsonb_typeof(d.goods) = 'array' then d.goods end as goods from order_detail d
    where d.merchant_id = payment.merchant_id and d.payment_id = payment.payment_id) sheet on true
  left join lateral (select n as line_number, item ->> 'name' as goods_name, (item ->> 'unitPriceYen')::bigint as unit_price_yen,
      (item ->> 'quantity')::bigint as quantity, (item ->> 'unitPriceYen')::bigint * (item ->> 'quantity')::bigint as line_yen,
      trim_scale((item ->> 'taxRateBp')::numeric / 100) as tax_rate
    from jsonb_array_elements(sheet.goods) with ordinality goods_line(item, n)) line on true`

export const LINE_ORDER = sql`line_number`

export function lineColumns(language: Language): ExportColumn[] {
  return wordedColumns(paymentLineColumns, language, labels(language).line_column)
}

export function onFirstLine(column: ExportColumn): ExportColumn {
  return column.kind === 'yen' ? { ...column, read: (value) => firstOnly(value) } : column
}

function firstOnly(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when line_number is null or line_number = 1 then ${value} end`
}
