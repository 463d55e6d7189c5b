/** The slip table: one predicate for the list, its totals and its export. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { SlipRow, SlipTotals } from '@choba/shared/contracts/slips.ts'
import type { SlipFilter, SlipPageQuery, SlipSort } from '@choba/shared/filters/slips.ts'
import type { SlipWarning } from '@choba/shared/states/slip.ts'
import {
  DAY_PATTERN,
  decodePlace,
  encodePlace,
  INSTANT_PATTERN,
  instantText,
  NUMBER_PATTERN,
  UUID_PATTERN,
} from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'
import { parseSearch } from '../../db/search.ts'

export type SlipSheetRecord = Omit<SlipRecord, 'place'> & { shopName: string; email: string }
type SlipRecord = Omit<SlipRow, 'orderedAt'> & { orderedAt: Date; place: string }

const SORT_KEYS: Readonly<Record<SlipSort, { column: string; type: string; text: string; pattern: RegExp }>> = {
  orderedAt: {
    column: 's.ordered_at',
    type: 'timestamptz',
    text: instantText('s.ordered_at'),
    pattern: INSTANT_PATTERN,
  },
  payBy: { column: 's.pay_by', type: 'date', text: 's.pay_by::text', pattern: DAY_PATTERN },
  amountYen: { column: 's.amount_yen', type: 'bigint', text: 's.amount_yen::text', pattern: NUMBER_PATTERN },
}

/**
 * The same order under another branch that is authorized, waits for money or has been sold: a customer who pays this slip
 * too has paid twice. Found by the unique key of orders.
 */
const LIVE_ELSEWHERE = sql`s.state in ('unpaid', 'part_paid') and exists (select 1 from payment o
  where o.merchant_id = s.merchant_id and o.shop_id = s.shop_id and o.order_number = s.order_number and o.payment_id <> s.payment_id
    and o.status in ('authorized', 'awaiting_payment', 'captured', 'arrived', 'settled', 'paid_out'))`

const WARNING_SQL: Readonly<Record<SlipWarning, RawBuilder<unknown>>> = {
  order_live_elsewhere: LIVE_ELSEWHERE,
  owed_to_customer: sql`s.owed_yen > 0`,
}

/** The warnings of a slip as a list of their names. */
export const warningsSql = sql`array_remove(array[${sql.join(
  Object.entries(WARNING_SQL).map(([name, where]) => sql`case when ${where} then ${sql.lit(name)} end`),
)}]::text[], null)`

/** One page. Served by convenience_store_slip_by_time, _by_due or _by_amount, each row's payment by its key. */
export async function listSlips(
  db: Kysely<Database>,
  merchantId: string,
  { sort, direction, cursor, limit, ...filter }: SlipPageQuery,
): Promise<{ items: SlipRow[]; nextCursor: string | null }> {
  const { column, type, text, pattern } = SORT_KEYS[sort]
  const order = `${sort}.${direction}`
  const place = cursor === undefined ? undefined : decodePlace(order, cursor, [pattern, UUID_PATTERN])
  const beyond =
    place === undefined
      ? sql`true`
      : sql`(${sql.raw(column)}, s.payment_id) ${direction === 'desc' ? sql`<` : sql`>`} (${place[0]}::${sql.raw(type)}, ${place[1]}::uuid)`
  const { rows } = await sql<SlipRecord>`
    select s.payment_id as id, s.shop_id, s.order_number, p.customer_name, s.store, s.numbers, s.pay_by, s.amount_yen, s.preliminary_yen, s.definite_yen,
        s.deposited_yen, s.owed_yen, s.state, ${warningsSql} as warnings, s.ordered_at, p.status, ${sql.raw(text)} as place
      from convenience_store_slip s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id
      where ${slipsWhere(merchantId, filter)} and ${beyond}
      ${slipsOrder(sort, direction)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ orderedAt, place: _, ...row }) => ({ ...row, orderedAt: orderedAt.toISOString() })),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.place, last.id]) : null,
  }
}

/** One slip by its key. */
export async function findSlip(
  db: Kysely<Database>,
  merchantId: string,
  paymentId: string,
): Promise<SlipSheetRecord | undefined> {
  const { rows } = await sql<SlipSheetRecord>`
    select s.payment_id as id, s.shop_id, s.order_number, p.customer_name, s.store, s.numbers, s.pay_by, s.amount_yen, s.preliminary_yen, s.definite_yen,
        s.deposited_yen, s.owed_yen, s.state, ${warningsSql} as warnings, s.ordered_at, p.status, p.email, h.name as shop_name
      from convenience_store_slip s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id
      join shop h on h.merchant_id = s.merchant_id and h.shop_id = s.shop_id
      where s.merchant_id = ${merchantId}::uuid and s.payment_id = ${paymentId}::uuid`.execute(db)
  return rows[0]
}

export function slipsOrder(sort: SlipSort, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`
  return sql`order by ${sql.raw(SORT_KEYS[sort].column)} ${way}, s.payment_id ${way}`
}

/** Over `convenience_store_slip s`; payments are asked only for what was typed, and for the same order elsewhere. */
export function slipsWhere(merchantId: string, filter: SlipFilter): RawBuilder<boolean> {
  const { shop, state, store, warning, from, to, q } = filter
  const search = parseSearch(q)
  const parts: RawBuilder<unknown>[] = [
    sql`s.merchant_id = ${merchantId}::uuid`,
    ...(shop?.length ? [sql`s.shop_id = any(${shop}::uuid[])`] : []),
    ...(state?.length ? [sql`s.state = any(${state}::text[])`] : []),
    ...(store?.length ? [sql`s.store = any(${store}::text[])`] : []),
    ...(warning?.length
      ? [
          sql`(${sql.join(
            warning.map((each) => sql`(${WARNING_SQL[each]})`),
            sql` or `,
          )})`,
        ]
      : []),
    ...(from === undefined ? [] : [sql`s.pay_by >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`s.pay_by <= ${to}::date`]),
    ...(search === undefined
      ? []
      : [
          sql`s.payment_id = any(array(select payment_id from payment where merchant_id = ${merchantId}::uuid and ${search.indexed(merchantId)}))`,
        ]),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export function slipTotalsSql(merchantId: string, filter: SlipFilter): RawBuilder<SlipTotals> {
  return sql`select count(*) as count, coalesce(sum(s.amount_yen), 0)::bigint as amount_yen, coalesce(sum(s.deposited_yen), 0)::bigint as deposited_yen,
      coalesce(sum(s.owed_yen), 0)::bigint as owed_yen from convenience_store_slip s where ${slipsWhere(merchantId, filter)}`
}

/** Sums of a bare connection come as text. */
export function totalsOf(rows: readonly SlipTotals[]): SlipTotals {
  const [row] = rows
  return {
    count: Number(row?.count ?? 0),
    amountYen: Number(row?.amountYen ?? 0),
    depositedYen: Number(row?.depositedYen ?? 0),
    owedYen: Number(row?.owedYen ?? 0),
  }
}
