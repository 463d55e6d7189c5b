/** The ledger's filter compiled to SQL: one set of predicates for list, totals and export, and the shape a page is read in. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, daysBetween, startOfDay } from '@choba/shared/dates.ts'
import type { Mine, PaymentFilter } from '@choba/shared/filters/payments.ts'
import { type DateKind, METHODS } from '@choba/shared/methods.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { assert } from '../core/assert.ts'
import { beyond, type Keyset, orderBy, SORT_KEYS, type SortOrder } from './keyset.ts'
import { parseSearch, type Search } from './search.ts'

/** `mine` speaks of a person: who asks comes with it. */
export type AskedFilter = PaymentFilter & { readonly askedBy?: string }

export type Selection = {
  readonly merchantId: string
  readonly filter: AskedFilter
  readonly search: Search | undefined
}

export function selectionOf(merchantId: string, filter: AskedFilter): Selection {
  return { merchantId, filter, search: parseSearch(filter.q) }
}

/** Every condition of the selection: what totals and exports aggregate and write. */
export function whereOf({ merchantId, filter, search }: Selection): RawBuilder<boolean> {
  return and([
    ofMerchant(merchantId),
    ...standing(filter),
    ...conditions(filter),
    ...concerning(merchantId, filter),
    ...tagged(merchantId, filter),
    ...(search ? [search.indexed(merchantId)] : []),
  ])
}

export type PageRequest = SortOrder & {
  readonly toward: 'next' | 'previous'
  readonly beyond: Keyset | undefined
  readonly limit: number
}

/**
 * How a page is found.
 * `newest`: only among the first rows of the order, for a search term that may be common; the page may stay short.
 * `index`: a rare predicate is answered by its own index, then sorted.
 * `combinations`: one short walk of the combination index for each shop × method × status, merged.
 * `walk`: along the index of the sort.
 */
export type Shape = 'newest' | 'index' | 'combinations' | 'walk'

/** The shapes to try in turn: a later one is asked only when the page is not full. */
export function shapesOf({ filter, search }: Selection, { sort }: PageRequest): readonly Shape[] {
  // What concerns one person is few: found by who they are, then sorted.
  if (isOfPerson(filter)) return ['index']
  // Nobody knows how common a term or a tag is: the newest rows are looked through, and only if they do not fill the page its index.
  if (search || count(filter.tag) > 0) return ['newest', 'index']
  if (isNarrowAmount(filter) && sort !== 'amountYen') return ['index']
  if (isNarrowSettlementRange(filter) && sort === 'orderedAt') return ['index']
  if (sort === 'orderedAt' && isFewCombinations(filter)) return ['combinations']
  return ['walk']
}

/** Up to here the rows of the range are fewer than those a walk by order time might have to pass over. */
const NARROW_DAYS = 7
const NARROW_YEN = 100
/** Rows of the order looked through for a tag before its index is asked. */
const NEWEST_FOR_TAG = 4000
const MOST_COMBINATIONS = 200
/** A merchant's shops are not counted for this: a filter without shops is taken to ask this many. */
const SHOPS_ASSUMED = 10

function isNarrowAmount({ amountMin, amountMax }: PaymentFilter): boolean {
  return amountMin !== undefined && amountMax !== undefined && amountMax - amountMin <= NARROW_YEN
}

function isNarrowSettlementRange({ dateBy, from, to }: PaymentFilter): boolean {
  if (from === undefined || to === undefined || dateBy === undefined || dateBy === 'ordered') return false
  return daysBetween(from, to) <= NARROW_DAYS
}

/** Method alone is never rare; what remains beside shop, method and status must be cheap to test on a row. */
function isFewCombinations(filter: PaymentFilter): boolean {
  const { shop, method, status, amountMin, amountMax, dateBy, from, to } = filter
  if (count(shop) + count(status) === 0 || amountMin !== undefined || amountMax !== undefined) return false
  if (dateBy !== undefined && dateBy !== 'ordered' && (from !== undefined || to !== undefined)) return false
  return (
    (count(shop) || SHOPS_ASSUMED) * (count(method) || METHODS.length) * (count(status) || PAYMENT_STATUSES.length) <=
    MOST_COMBINATIONS
  )
}

/** The columns of a ledger row. */
const COLUMNS =
  'payment_id, shop_id, method, status, site, billing_method, connection_method, order_number, provider_id, slip_number, customer_name, customer_kana, phone, ordered_at, captured_on, paid_out_on, amount_yen, captured_yen, refunded_yen, fee_yen, net_yen, reasons, next_on, next_kind, in_flight'
const ROW = sql.raw(COLUMNS)
/** Named as the contract names them: renaming fifty rows after the fact costs more than finding them. */
const PAGE_ROW = sql.raw(COLUMNS.replace(/[a-z_]+/g, (column) => `${column} as "${camelCased(column)}"`))

function camelCased(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** One row more than the limit, in the order of the walk: `previous` reads backwards. Run it without plugins. */
export function pageSql<Row>(selection: Selection, request: PageRequest, shape: Shape): RawBuilder<Row> {
  const { sort } = request
  const order = orderBy(sort, isDescending(request))
  const tags = sql`${tagsOf(selection.merchantId)} as tags`
  const limit = sql`limit ${request.limit + 1}`
  return sql<Row>`select ${PAGE_ROW}, ${tags}, ${SORT_KEYS[sort].asText} as "sortValue" from ${source(selection, request, shape, order, limit)} ${order} ${limit}`
}

export function isDescending({ direction, toward }: Pick<PageRequest, 'direction' | 'toward'>): boolean {
  return (direction === 'desc') !== (toward === 'previous')
}

function source(
  selection: Selection,
  request: PageRequest,
  shape: Shape,
  order: RawBuilder<unknown>,
  limit: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { merchantId, filter, search } = selection
  const place = request.beyond ? [beyond(request.sort, request.beyond, isDescending(request))] : []
  switch (shape) {
    case 'newest': {
      // The range of the sort's own day narrows the walk; everything else is tested on the rows it finds.
      const range = request.sort === 'orderedAt' ? dayRange(filter, 'ordered') : []
      const walked = sql`select * from payment where ${and([ofMerchant(merchantId), ...range, ...place])} ${order} limit ${search?.newest ?? NEWEST_FOR_TAG}`
      return sql`(${walked}) payment where ${and([...standing(filter), ...conditions(filter), ...hasTag(merchantId, filter), ...(search ? [search.predicate] : [])])}`
    }
    case 'index': {
      // `offset 0` keeps the planner from walking the sort's index in the hope of an early match.
      const where = and([
        ofMerchant(merchantId),
        ...standing(filter),
        ...conditions(filter),
        ...concerning(merchantId, filter),
        ...tagged(merchantId, filter),
        ...place,
        ...(search ? [search.indexed(merchantId)] : []),
      ])
      return sql`(select ${ROW} from payment where ${where} offset 0) payment`
    }
    case 'combinations': {
      const { shop, method, status, ...rest } = filter
      const one = sql<boolean>`shop_id = of_shop and method = of_method and status = of_status`
      const walked = sql`select ${ROW} from payment where ${and([ofMerchant(merchantId), one, ...standing(filter), ...conditions(rest), ...place])} ${order} ${limit}`
      const shops =
        count(shop) > 0
          ? sql`unnest(${shop}::uuid[])`
          : sql`(select shop_id from shop where merchant_id = ${merchantId}::uuid)`
      return sql`${shops} s(of_shop) cross join unnest(${[...orAll(method, METHODS)]}::text[]) m(of_method) cross join unnest(${[...orAll(status, PAYMENT_STATUSES)]}::text[]) t(of_status) cross join lateral (${walked}) payment`
    }
    case 'walk':
      return sql`payment where ${and([ofMerchant(merchantId), ...standing(filter), ...conditions(filter), ...place])}`
  }
}

function ofMerchant(merchantId: string): RawBuilder<boolean> {
  return sql<boolean>`merchant_id = ${merchantId}::uuid`
}

function and(parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return parts.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** What an undone import left behind is shown to who asks for it. */
function standing({ status }: PaymentFilter): RawBuilder<boolean>[] {
  return status === undefined || status.length === 0 ? [sql<boolean>`status <> 'undone'`] : []
}

/** Everything a filter says but the search. An empty list is no condition. */
function conditions(filter: PaymentFilter): RawBuilder<boolean>[] {
  return [
    ...oneOf(sql`shop_id`, filter.shop, sql`uuid`),
    ...oneOf(sql`method`, filter.method),
    ...oneOf(sql`status`, filter.status),
    ...oneOf(sql`site`, filter.site),
    ...oneOf(sql`billing_method`, filter.billing),
    ...oneOf(sql`connection_method`, filter.connection),
    ...dayRange(filter, filter.dateBy ?? 'ordered'),
    ...(filter.amountMin === undefined ? [] : [sql<boolean>`amount_yen >= ${filter.amountMin}`]),
    ...(filter.amountMax === undefined ? [] : [sql<boolean>`amount_yen <= ${filter.amountMax}`]),
  ]
}

export function isOfPerson({ mine }: PaymentFilter): boolean {
  return count(mine) > 0
}

/** Any of what was chosen. Served by payment_assignee_by_user and note_mention_by_user. */
function concerning(merchantId: string, { mine, askedBy }: AskedFilter): RawBuilder<boolean>[] {
  if (mine === undefined || mine.length === 0) return []
  assert(askedBy !== undefined, 'whoever asks for what concerns them is known')
  const sources: Readonly<Record<Mine, RawBuilder<unknown>>> = {
    assigned: sql`select payment_id from payment_assignee where merchant_id = ${merchantId}::uuid and user_id = ${askedBy}`,
    mentioned: sql`select n.payment_id from note_mention m join payment_note n on n.merchant_id = m.merchant_id and n.note_id = m.note_id where m.merchant_id = ${merchantId}::uuid and m.user_id = ${askedBy} and n.removed_at is null`,
  }
  return [
    sql<boolean>`payment_id in (${sql.join(
      [...new Set(mine)].map((each) => sources[each]),
      sql` union `,
    )})`,
  ]
}

/** Any of the tags, found by payment_tag_by_tag. */
function tagged(merchantId: string, { tag }: PaymentFilter): RawBuilder<boolean>[] {
  if (tag === undefined || tag.length === 0) return []
  return [
    sql<boolean>`payment_id in (select payment_id from payment_tag where ${and([ofMerchant(merchantId), ...oneOf(sql`tag_id`, tag, sql`uuid`)])})`,
  ]
}

/** The same, asked of one row after another: a tag may be on more payments than are looked through. */
function hasTag(merchantId: string, { tag }: PaymentFilter): RawBuilder<boolean>[] {
  if (tag === undefined || tag.length === 0) return []
  return [sql<boolean>`${tagsOf(merchantId)} && ${[...tag]}::uuid[]`]
}

/** The tags of a row of `payment`, by its primary key. */
function tagsOf(merchantId: string): RawBuilder<unknown> {
  return sql`array(select pt.tag_id from payment_tag pt where pt.merchant_id = ${merchantId}::uuid and pt.payment_id = payment.payment_id)`
}

function oneOf(
  column: RawBuilder<unknown>,
  values: readonly string[] | undefined,
  type: RawBuilder<unknown> = sql`text`,
): RawBuilder<boolean>[] {
  if (values === undefined || values.length === 0) return []
  if (values.length === 1) return [sql<boolean>`${column} = ${values[0]}::${type}`]
  return [sql<boolean>`${column} = any(${[...values]}::${type}[])`]
}

/** Days in Tokyo, both ends included, when the filter speaks of this kind of day. A row without the day is outside every range. */
function dayRange({ dateBy = 'ordered', from, to }: PaymentFilter, kind: DateKind): RawBuilder<boolean>[] {
  if (dateBy !== kind || (from === undefined && to === undefined)) return []
  if (kind === 'ordered') {
    return [
      ...(from === undefined ? [] : [sql<boolean>`ordered_at >= ${startOfDay(from)}`]),
      ...(to === undefined ? [] : [sql<boolean>`ordered_at < ${startOfDay(addDays(to, 1))}`]),
    ]
  }
  const { expression } = SORT_KEYS[kind === 'captured' ? 'capturedOn' : 'paidOutOn']
  return [
    sql<boolean>`${expression} >= ${from ?? FIRST_DAY}::date`,
    ...(to === undefined ? [] : [sql<boolean>`${expression} <= ${to}::date`]),
  ]
}

/** The day after the one that stands for none. */
const FIRST_DAY = '0001-01-02'

function count(values: readonly string[] | undefined): number {
  return values?.length ?? 0
}

function orAll<T>(values: readonly T[] | undefined, all: readonly T[]): readonly T[] {
  return values === undefined || values.length === 0 ? all : values
}
