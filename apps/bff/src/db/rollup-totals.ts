/** Totals of a filter made of rollup dimensions: whole months, the days at the edges, and what is not folded yet. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, addMonths, type BusinessDate, endOfMonth, firstOfMonth } from '@choba/shared/dates.ts'
import type { PaymentFilter } from '@choba/shared/filters/payments.ts'

export const SUMS = sql`coalesce(sum(amount_yen), 0)::bigint as amount_yen, coalesce(sum(captured_yen), 0)::bigint as captured_yen, coalesce(sum(refunded_yen), 0)::bigint as refunded_yen, coalesce(sum(fee_yen), 0)::bigint as fee_yen, coalesce(sum(captured_yen - refunded_yen - fee_yen), 0)::bigint as net_yen`

export function isOfRollupDimensions({ amountMin, amountMax, q, mine, tag }: PaymentFilter): boolean {
  return (
    (mine ?? []).length === 0 &&
    (tag ?? []).length === 0 &&
    amountMin === undefined &&
    amountMax === undefined &&
    (q ?? '').trim() === ''
  )
}

/** One statement, so that it sees one moment: a delta is counted where it lies, before or after it is folded. */
export function rollupTotalsSql<Row>(merchantId: string, filter: PaymentFilter): RawBuilder<Row> {
  const kind = filter.from === undefined && filter.to === undefined ? 'ordered' : (filter.dateBy ?? 'ordered')
  const cells = [
    ...pieces(filter).map(({ table, from, to }) => cellsOf(table, merchantId, kind, filter, from, to)),
    cellsOf('rollup_delta', merchantId, kind, filter, filter.from, filter.to),
  ]
  return sql<Row>`select coalesce(sum(payments), 0)::bigint as count, ${SUMS} from (${sql.join(cells, sql` union all `)}) cell`
}

type Piece = {
  readonly table: 'rollup_month' | 'rollup_day'
  readonly from: BusinessDate | undefined
  readonly to: BusinessDate | undefined
}

/** Cuts a range of days into whole months and what sticks out of them. */
function pieces({ from, to }: PaymentFilter): Piece[] {
  if (from !== undefined && to !== undefined && from > to) return []
  const firstMonth = from === undefined || from === firstOfMonth(from) ? from : addMonths(from, 1)
  const lastMonth = to === undefined ? undefined : to === endOfMonth(to) ? firstOfMonth(to) : addMonths(to, -1)
  if (firstMonth !== undefined && lastMonth !== undefined && firstMonth > lastMonth)
    return [{ table: 'rollup_day', from, to }]
  const months: Piece[] = [{ table: 'rollup_month', from: firstMonth, to: lastMonth }]
  if (firstMonth !== undefined && firstMonth !== from)
    months.push({ table: 'rollup_day', from, to: addDays(firstMonth, -1) })
  if (lastMonth !== undefined && endOfMonth(lastMonth) !== to)
    months.push({ table: 'rollup_day', from: addMonths(lastMonth, 1), to })
  return months
}

function cellsOf(
  table: Piece['table'] | 'rollup_delta',
  merchantId: string,
  kind: string,
  filter: PaymentFilter,
  from: BusinessDate | undefined,
  to: BusinessDate | undefined,
): RawBuilder<unknown> {
  const conditions = [
    sql`merchant_id = ${merchantId}::uuid`,
    sql`date_kind = ${kind}`,
    ...(from === undefined ? [] : [sql`day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`day <= ${to}::date`]),
    ...oneOf(sql`shop_id`, filter.shop, sql`uuid`),
    ...oneOf(sql`method`, filter.method),
    ...(filter.status === undefined || filter.status.length === 0
      ? [sql`status <> 'undone'`]
      : oneOf(sql`status`, filter.status)),
    ...oneOf(sql`site`, filter.site),
    ...oneOf(sql`billing_method`, filter.billing),
    ...oneOf(sql`connection_method`, filter.connection),
  ]
  return sql`select payments, amount_yen, captured_yen, refunded_yen, fee_yen from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}`
}

function oneOf(
  column: RawBuilder<unknown>,
  values: readonly string[] | undefined,
  type: RawBuilder<unknown> = sql`text`,
): RawBuilder<unknown>[] {
  return values === undefined || values.length === 0 ? [] : [sql`${column} = any(${[...values]}::${type}[])`]
}
