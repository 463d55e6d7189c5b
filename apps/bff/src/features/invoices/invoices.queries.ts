/** NP's bills: one predicate for the list, its totals and its export. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { InvoiceRow, InvoiceTotals } from '@choba/shared/contracts/invoices.ts'
import type { InvoiceFilter, InvoicePageQuery, InvoiceSort } from '@choba/shared/filters/invoices.ts'
import { INVOICE_STATES, type InvoiceState } from '@choba/shared/states/invoice.ts'
import { DAY_PATTERN, decodePlace, encodePlace, UUID_PATTERN } from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'
import { parseSearch } from '../../db/search.ts'

/** A bill is overdue by the day of its provider. */
export type ProviderDay = { readonly connectionId: string; readonly today: string }
export type InvoiceSource = { readonly merchantId: string; readonly days: readonly ProviderDay[] }

const COLUMNS: Readonly<Record<InvoiceSort, RawBuilder<unknown>>> = { issuedOn: sql`n.issued_on`, dueOn: sql`n.due_on` }
/** Bills without the day stand first when the latest stand first. */
const NO_DAY = '9999-12-31'

export function stateSql({ days }: InvoiceSource): RawBuilder<InvoiceState> {
  const cases = days.map(({ connectionId, today }) => sql`when ${connectionId}::uuid then ${today}::date`)
  const today = days.length === 0 ? sql`current_date` : sql`case n.connection_id ${sql.join(cases, sql` `)} end`
  return sql<InvoiceState>`case when n.ended is not null or n.withdrawn_on is not null then 'cancelled' when n.customer_paid_on is not null then 'paid'
    when n.issued_on is null then 'waiting' when n.due_on < ${today} then 'overdue' when n.reissues > 0 then 'reissued' else 'issued' end`
}

export type InvoiceRecord = Omit<InvoiceRow, 'expectedOn'> & { readonly arrivedOn: string | null }

/** One page. Served by np_postpaid_by_issue, each row's payment by its key. */
export async function listInvoices(
  db: Kysely<Database>,
  source: InvoiceSource,
  { sort, direction, cursor, limit, ...filter }: InvoicePageQuery,
): Promise<{ items: InvoiceRecord[]; nextCursor: string | null }> {
  const order = `${sort}.${direction}`
  const place = cursor === undefined ? undefined : decodePlace(order, cursor, [DAY_PATTERN, UUID_PATTERN])
  const { rows } = await sql<InvoiceRecord & { sortDay: string }>`
    select ${recordSql(source)}, coalesce(${COLUMNS[sort]}, ${NO_DAY}::date) as sort_day
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      where ${invoicesWhere(source, filter)} and ${beyond(sort, direction, place)}
      ${invoicesOrder(sort, direction)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ sortDay: _, ...row }) => row),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.sortDay, last.id]) : null,
  }
}

/** One bill. A payment that was never reported has none. */
export async function findInvoice(
  db: Kysely<Database>,
  source: InvoiceSource,
  paymentId: string,
): Promise<(InvoiceRecord & { readonly npIds: string[] }) | undefined> {
  const { rows } = await sql<InvoiceRecord & { npIds: string[] }>`
    select ${recordSql(source)}, n.np_ids
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      where n.merchant_id = ${source.merchantId}::uuid and n.payment_id = ${paymentId}::uuid and n.shipped_on is not null`.execute(
    db,
  )
  return rows[0]
}

function recordSql(source: InvoiceSource): RawBuilder<unknown> {
  return sql`n.payment_id as id, n.shop_id, p.order_number, p.customer_name, p.phone, p.amount_yen, ${stateSql(source)} as state, n.invoice_delivery as delivery,
        n.inquiry_number, p.provider_id, n.shipped_on, n.arrived_on, n.issued_on, n.due_on, n.reissues, n.reminders, n.reminded_on,
        n.customer_paid_on as paid_on, n.paid_place, n.paid_store, p.status`
}

/** What happened to a bill, in order. */
const BILL_EVENTS = [
  'shipment_reported',
  'invoice_issued',
  'reminded',
  'customer_paid',
  'arrival_confirmed',
  'dispute_opened',
  'dispute_closed',
  'claim_withdrawn',
  'registered_again',
  'cancelled',
]

export async function listBillEvents(db: Kysely<Database>, merchantId: string, paymentId: string) {
  return db
    .selectFrom('paymentEvent')
    .select(['sequence', 'type', 'at', 'actorKind', 'data'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .where('type', 'in', BILL_EVENTS)
    .orderBy('sequence')
    .execute()
}

export function invoicesOrder(sort: InvoiceSort, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  return direction === 'desc'
    ? sql`order by ${COLUMNS[sort]} desc nulls first, n.payment_id desc`
    : sql`order by ${COLUMNS[sort]} asc nulls last, n.payment_id asc`
}

/** Written so that an index on the day can be walked: no COALESCE around the column. */
function beyond(
  sort: InvoiceSort,
  direction: 'asc' | 'desc',
  place: readonly string[] | undefined,
): RawBuilder<unknown> {
  if (place === undefined) return sql`true`
  const column = COLUMNS[sort]
  const [day = '', id = ''] = place
  if (day === NO_DAY)
    return direction === 'desc'
      ? sql`(${column} is not null or n.payment_id < ${id}::uuid)`
      : sql`(${column} is null and n.payment_id > ${id}::uuid)`
  return direction === 'desc'
    ? sql`(${column}, n.payment_id) < (${day}::date, ${id}::uuid)`
    : sql`((${column}, n.payment_id) > (${day}::date, ${id}::uuid) or ${column} is null)`
}

const DAY_COLUMNS = { issued: sql`n.issued_on`, due: sql`n.due_on`, paid: sql`n.customer_paid_on` } as const

/** Over `np_postpaid n`; payments are asked only for what was typed. */
export function invoicesWhere(source: InvoiceSource, filter: InvoiceFilter): RawBuilder<boolean> {
  const { merchantId } = source
  const { shop, state, delivery, place, dateBy = 'issued', from, to, q } = filter
  const search = parseSearch(q)
  const day = DAY_COLUMNS[dateBy]
  const parts: RawBuilder<unknown>[] = [sql`n.merchant_id = ${merchantId}::uuid`, sql`n.shipped_on is not null`]
  if (shop?.length) parts.push(sql`n.shop_id = any(${shop}::uuid[])`)
  if (state?.length) parts.push(sql`${stateSql(source)} = any(${state}::text[])`)
  if (delivery?.length) parts.push(sql`n.invoice_delivery = any(${delivery}::text[])`)
  if (place?.length) parts.push(sql`n.paid_place = any(${place}::text[])`)
  if (from !== undefined) parts.push(sql`${day} >= ${from}::date`)
  if (to !== undefined) parts.push(sql`${day} <= ${to}::date`)
  if (search !== undefined)
    parts.push(
      sql`n.payment_id in (select payment_id from payment where merchant_id = ${merchantId}::uuid and ${search.indexed(merchantId)})`,
    )
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export type StateTotal = { readonly state: InvoiceState; readonly count: number; readonly amountYen: number }

export function invoiceTotalsSql(source: InvoiceSource, filter: InvoiceFilter): RawBuilder<StateTotal> {
  return sql`select state, count(*) as count, sum(amount_yen)::bigint as amount_yen from (
    select ${stateSql(source)} as state, p.amount_yen from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      where ${invoicesWhere(source, filter)}) bill group by state`
}

/** Counts of a bare connection come as text, and under the database's own name. */
export function totalsOf(rows: ReadonlyArray<StateTotal & { readonly amount_yen?: number }>): InvoiceTotals {
  const byState = INVOICE_STATES.flatMap((state) => {
    const row = rows.find((each) => each.state === state)
    return row === undefined
      ? []
      : [{ state, count: Number(row.count), amountYen: Number(row.amountYen ?? row.amount_yen) }]
  })
  return {
    count: byState.reduce((sum, row) => sum + row.count, 0),
    amountYen: byState.reduce((sum, row) => sum + row.amountYen, 0),
    byState,
  }
}

export function listNpConnections(db: Kysely<Database>, merchantId: string): Promise<Array<{ connectionId: string }>> {
  return db
    .selectFrom('connection')
    .select('connectionId')
    .where('merchantId', '=', merchantId)
    .where(sql<boolean>`'np_postpaid' = any(methods)`)
    .execute()
}
