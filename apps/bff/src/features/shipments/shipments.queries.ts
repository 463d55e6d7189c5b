/** What is to be shipped and what is on its way: NP payments with their planned and reported days. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ShipmentRow, ShipmentTab } from '@choba/shared/contracts/shipments.ts'
import type { PaymentFilter } from '@choba/shared/filters/payments.ts'
import { AppError } from '../../core/app-error.ts'
import { selectionOf, whereOf } from '../../db/filter-to-sql.ts'
import { printedOn, printIsStale } from '../../db/printed-on.ts'
import type { Database } from '../../db/schema.ts'

const PAGE = 100

export type ShipmentQuery = {
  readonly tab: ShipmentTab
  readonly shop?: string[] | undefined
  readonly q?: string | undefined
}

/** Approved and not reported; reported, and the arrival not confirmed. */
const STATUS = { ready: 'authorized', reported: 'captured' } as const satisfies Record<ShipmentTab, string>
/** Planned first, unplanned last; longest on the way first. Served by np_postpaid_to_ship where the list is short. */
const SORT = { ready: sql.ref('n.ship_on'), reported: sql.ref('n.shipped_on') } as const

export async function listShipments(
  db: Kysely<Database>,
  merchantId: string,
  query: ShipmentQuery & { readonly cursor?: string | undefined },
): Promise<{ items: Shipment[]; nextCursor: string | null }> {
  const sort = SORT[query.tab]
  const { rows } = await sql<Selected>`
    select p.payment_id, p.shop_id, p.order_number, p.customer_name, p.amount_yen, p.status, p.ordered_at, p.in_flight, p.slip_number, p.connection_id,
        n.ship_on, n.lapses_on, n.invoice_delivery, n.carrier_code, n.shipped_on, d.delivery ->> 'name' as delivery_name,
        ${printedOn} as printed_on, ${printIsStale} as print_stale, ${sort}::text as sort_day
      from np_postpaid n
      join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      join order_detail d on d.merchant_id = n.merchant_id and d.payment_id = n.payment_id
      where n.merchant_id = ${merchantId}::uuid and n.payment_id in (select payment_id from payment where ${conditionOf(merchantId, query)})
        and ${query.cursor === undefined ? sql`true` : beyond(sort, query.cursor)}
      order by ${sort} nulls last, n.payment_id limit ${PAGE + 1}`.execute(db)
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return {
    items: items.map(shipmentView),
    nextCursor: rows.length > PAGE && last ? `${last.sortDay ?? ''}_${last.paymentId}` : null,
  }
}

export async function totalShipments(
  db: Kysely<Database>,
  merchantId: string,
  query: ShipmentQuery,
): Promise<{ count: number; amountYen: number }> {
  const { rows } = await sql<{ count: number; amountYen: number }>`
    select count(*) as count, coalesce(sum(amount_yen), 0) as amount_yen from payment where ${conditionOf(merchantId, query)}`.execute(
    db,
  )
  return rows[0] as { count: number; amountYen: number } // an aggregate without groups has exactly one row
}

/** The same condition as the ledger's, so that a number here is the number there. */
function conditionOf(merchantId: string, { tab, shop, q }: ShipmentQuery): RawBuilder<unknown> {
  const filter: PaymentFilter = {
    method: ['np_postpaid'],
    status: [STATUS[tab]],
    ...(shop !== undefined && shop.length > 0 && { shop }),
    ...(q !== undefined && { q }),
  }
  return whereOf(selectionOf(merchantId, filter))
}

/** Behind a row in the order of days, those without a day standing last. @throws AppError request.invalid */
function beyond(sort: RawBuilder<unknown>, cursor: string): RawBuilder<unknown> {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})?_([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (id === undefined)
    throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
  if (day === undefined) return sql`(${sort} is null and n.payment_id > ${id}::uuid)`
  return sql`(${sort} > ${day}::date or (${sort} = ${day}::date and n.payment_id > ${id}::uuid) or ${sort} is null)`
}

/** With the connection whose clock counts. */
export type Shipment = Omit<ShipmentRow, 'today'> & { readonly connectionId: string }
type Selected = Omit<Shipment, 'id' | 'orderedAt'> & {
  paymentId: string
  orderedAt: Date
  sortDay: string | null
}

function shipmentView({ paymentId, orderedAt, sortDay: _, ...row }: Selected): Shipment {
  return { ...row, id: paymentId, orderedAt: orderedAt.toISOString() }
}
