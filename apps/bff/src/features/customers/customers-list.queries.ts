/** The customers' table: one predicate for list, totals and export, pages by keyset. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CustomerRow, CustomerTotals } from '@choba/shared/contracts/customers.ts'
import type { CustomerFilter, CustomerPageQuery, CustomerSort } from '@choba/shared/filters/customers.ts'
import { AppError } from '../../core/app-error.ts'
import { maySearchPhone, readsPersonalData } from '../../core/personal-sight.ts'
import type { Database } from '../../db/schema.ts'
import { customerTable } from '../../db/shop-scope.ts'

export type CustomerRecord = Omit<CustomerRow, 'id' | 'firstOrderedAt' | 'lastOrderedAt'> & {
  customerId: string
  firstOrderedAt: Date
  lastOrderedAt: Date
}

export const CUSTOMER_COLUMNS = sql.raw(
  'customer_id, name, kana, phone, email, payments, amount_yen, captured_yen, refunded_yen, captured_yen - refunded_yen as net_yen, open_yen, first_ordered_at, last_ordered_at',
)

type SortKey = {
  readonly column: RawBuilder<unknown>
  readonly asText: RawBuilder<string>
  readonly type: RawBuilder<unknown>
  readonly pattern: RegExp
}

/** Each the leading expression of an index: customer_by_last_order, customer_by_captured, customer_by_open. */
const SORT_KEYS: Readonly<Record<CustomerSort, SortKey>> = {
  lastOrderedAt: {
    column: sql`last_ordered_at`,
    // To the microsecond: a JavaScript date would cut what the database compares.
    asText: sql<string>`to_char(last_ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    type: sql`timestamptz`,
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  },
  capturedYen: yenKey('captured_yen'),
  openYen: yenKey('open_yen'),
}

function yenKey(column: string): SortKey {
  const name = sql.raw(column)
  return { column: name, asText: sql<string>`${name}::text`, type: sql`bigint`, pattern: /^-?\d{1,15}$/ }
}

export async function listCustomers(
  db: Kysely<Database>,
  merchantId: string,
  { sort, direction, cursor, limit, ...filter }: CustomerPageQuery,
): Promise<{ items: CustomerRow[]; nextCursor: string | null }> {
  const { column, asText, type } = SORT_KEYS[sort]
  const [way, beyond] = direction === 'desc' ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`]
  const place = cursor === undefined ? undefined : decodeCursor({ sort, direction }, cursor)
  const after =
    place === undefined
      ? sql``
      : sql`and (${column}, customer_id) ${beyond} (${place.value}::${type}, ${place.id}::uuid)`
  const { rows } = await sql<CustomerRecord & { sortValue: string }>`
    select ${CUSTOMER_COLUMNS}, ${asText} as sort_value from ${customerTable()}
      where ${customersWhere(merchantId, filter)} ${after}
      order by ${column} ${way}, customer_id ${way} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ sortValue: _, ...row }) => toCustomerRow(row)),
    nextCursor:
      last === undefined
        ? null
        : Buffer.from(JSON.stringify([sort, direction, last.sortValue, last.customerId])).toString('base64url'),
  }
}

export async function totalCustomers(
  db: Kysely<Database>,
  merchantId: string,
  filter: CustomerFilter,
): Promise<CustomerTotals> {
  const { rows } = await customerTotalsSql(merchantId, filter).execute(db)
  return rows[0] as CustomerTotals // an aggregate without groups has exactly one row
}

export function customerTotalsSql(merchantId: string, filter: CustomerFilter): RawBuilder<CustomerTotals> {
  return sql`
    select count(*) as count, coalesce(sum(payments), 0) as payments, coalesce(sum(amount_yen), 0) as amount_yen, coalesce(sum(captured_yen), 0) as captured_yen,
        coalesce(sum(refunded_yen), 0) as refunded_yen, coalesce(sum(captured_yen - refunded_yen), 0) as net_yen, coalesce(sum(open_yen), 0) as open_yen
      from ${customerTable()} where ${customersWhere(merchantId, filter)}`
}

export function customersWhere(merchantId: string, { q, openMin }: CustomerFilter): RawBuilder<boolean> {
  return sql<boolean>`merchant_id = ${merchantId}::uuid ${openMin === undefined ? sql`` : sql`and open_yen >= ${openMin}`} ${searched(merchantId, q)}`
}

export function customersOrder(sort: CustomerSort, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`
  return sql`order by ${SORT_KEYS[sort].column} ${way}, customer_id ${way}`
}

export function toCustomerRow({ customerId, firstOrderedAt, lastOrderedAt, ...row }: CustomerRecord): CustomerRow {
  return {
    id: customerId,
    ...row,
    firstOrderedAt: firstOrderedAt.toISOString(),
    lastOrderedAt: lastOrderedAt.toISOString(),
  }
}

/** A number is a telephone number from its start, for whoever may not read it the whole of it alone; one or two characters begin a name, more stand anywhere in it. See `search_customers`. */
function searched(merchantId: string, typed: string | undefined): RawBuilder<unknown> {
  const text = (typed ?? '').normalize('NFKC').trim()
  if (text === '') return sql``
  const digits = text.replace(/[^\d]/g, '')
  const isPhone = /^[+\d][\d\-() ]*$/.test(text) && digits !== ''
  const phone = text.startsWith('+81') ? `0${digits.slice(2)}` : digits
  if (!readsPersonalData())
    return isPhone && maySearchPhone(phone) ? found(merchantId, `${phone}%`, null, null) : sql`and false`
  const key = escapeLike(text.replace(/\s/g, ''))
  const [phoneStart = null, start = null, part = null] = isPhone
    ? [`${phone}%`, null, null]
    : [...key].length <= 2
      ? [null, key, null]
      : [null, null, key]
  return found(merchantId, phoneStart, start, part)
}

function found(
  merchantId: string,
  phone: string | null,
  start: string | null,
  part: string | null,
): RawBuilder<unknown> {
  return sql`and customer_id = any(array(select search_customers(${merchantId}::uuid, ${phone}::text, nkey(${start}::text) || '%', '%' || nkey(${part}::text) || '%')))`
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

type Place = { readonly value: string; readonly id: string }

/** @throws AppError request.invalid for a cursor of another order, or of nobody's making */
function decodeCursor(
  { sort, direction }: { readonly sort: CustomerSort; readonly direction: string },
  cursor: string,
): Place {
  const [ofSort, ofDirection, value, id] = parse(cursor)
  const fits = ofSort === sort && ofDirection === direction && typeof value === 'string' && typeof id === 'string'
  if (fits && SORT_KEYS[sort].pattern.test(value) && isCustomerId(id)) return { value, id }
  throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
}

function parse(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return [] // not JSON: the same mistake as a cursor of the wrong shape
  }
}

export function isCustomerId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}
