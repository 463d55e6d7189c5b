import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { PaymentRow, PaymentTotals } from '@choba/shared/contracts/payments.ts'
import type { PaymentPageQuery } from '@choba/shared/filters/payments.ts'
import { type AskedFilter, pageSql, type PageRequest, selectionOf, shapesOf, whereOf } from '../../db/filter-to-sql.ts'
import { decodeCursor, encodeCursor } from '../../db/keyset.ts'
import { isOfRollupDimensions, rollupTotalsSql, SUMS } from '../../db/rollup-totals.ts'
import type { Database } from '../../db/schema.ts'

export type PaymentPage = { items: PaymentRow[]; nextCursor: string | null; previousCursor: string | null }

/** A row of the ledger as the database gives it. */
export type PaymentRecord = Omit<PaymentRow, 'id' | 'orderedAt'> & { paymentId: string; orderedAt: Date }
type PageRecord = PaymentRecord & { sortValue: string }

/** One page of the ledger, in either direction from a place in it. */
export async function listPayments(
  db: Kysely<Database>,
  merchantId: string,
  query: PaymentPageQuery & AskedFilter,
): Promise<PaymentPage> {
  const { sort, direction, cursor, toward, limit, ...filter } = query
  const order = { sort, direction }
  const request: PageRequest = {
    ...order,
    toward,
    limit,
    beyond: cursor === undefined ? undefined : decodeCursor(order, cursor),
  }
  const selection = selectionOf(merchantId, filter)

  let rows: PageRecord[] = []
  for (const shape of shapesOf(selection, request)) {
    rows = (await pageSql<PageRecord>(selection, request, shape).execute(db.withoutPlugins())).rows
    if (rows.length > limit) break
  }
  const more = rows.length > limit
  const page = rows.slice(0, limit)
  if (toward === 'previous') page.reverse()
  const before = toward === 'previous' ? more : cursor !== undefined
  const after = toward === 'next' ? more : true
  return {
    items: page.map(toListRow),
    previousCursor: before ? cursorOf(order, page[0]) : null,
    nextCursor: after ? cursorOf(order, page.at(-1)) : null,
  }
}

function cursorOf(order: Pick<PageRequest, 'sort' | 'direction'>, row: PageRecord | undefined): string | null {
  return row === undefined ? null : encodeCursor(order, { value: row.sortValue, id: row.paymentId })
}

/** In place, for it is done fifty times a page. */
function toListRow(row: PageRecord): PaymentRow {
  return Object.assign(row, { id: row.paymentId, orderedAt: row.orderedAt.toISOString() })
}

export function toPaymentRow({ paymentId, orderedAt, ...row }: PaymentRecord): PaymentRow {
  return { id: paymentId, ...row, orderedAt: orderedAt.toISOString() }
}

/** Beyond this a total that needs a scan is refused: the person is told so and narrows the filter. */
const TOTALS_TIMEOUT_MS = 10_000

/** Exact for any filter, as of one moment. @throws a cancelled query when a scan takes too long */
export async function totalPayments(
  db: Kysely<Database>,
  merchantId: string,
  filter: AskedFilter,
): Promise<PaymentTotals> {
  const query = totalsSql(merchantId, filter)
  if (isOfRollupDimensions(filter)) return onlyRow(await query.execute(db))
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('statement_timeout', ${String(TOTALS_TIMEOUT_MS)}, true)`.execute(tx)
    return onlyRow(await query.execute(tx))
  })
}

/** From the rollups where they know the filter's dimensions, otherwise from the rows themselves. */
export function totalsSql(merchantId: string, filter: AskedFilter): RawBuilder<PaymentTotals> {
  if (isOfRollupDimensions(filter)) return rollupTotalsSql(merchantId, filter)
  return sql`select count(*) as count, ${SUMS} from payment where ${whereOf(selectionOf(merchantId, filter))}`
}

function onlyRow({ rows }: { readonly rows: readonly PaymentTotals[] }): PaymentTotals {
  return rows[0] as PaymentTotals // an aggregate without groups has exactly one row
}

export type ShopName = { readonly shopId: string; readonly code: string; readonly name: string }

export function shopsSql(merchantId: string): RawBuilder<ShopName> {
  return sql`select shop_id, code, name from shop where merchant_id = ${merchantId}::uuid order by code`
}
