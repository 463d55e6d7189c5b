/** The table of subscriptions: one predicate for the list, its totals and its export. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { SubscriptionRow, SubscriptionTotals } from '@choba/shared/contracts/subscriptions.ts'
import type {
  SubscriptionFilter,
  SubscriptionPageQuery,
  SubscriptionSort,
} from '@choba/shared/filters/subscriptions.ts'
import { type Attention, ATTENTIONS } from '@choba/shared/states/subscription.ts'
import {
  DAY_PATTERN,
  decodePlace,
  encodePlace,
  INSTANT_PATTERN,
  instantText,
  NUMBER_PATTERN,
  UUID_PATTERN,
} from '../../db/list-cursor.ts'
import { readsPersonalData } from '../../core/personal-sight.ts'
import type { Database } from '../../db/schema.ts'

type SubscriptionRecord = Omit<SubscriptionRow, 'createdAt'> & { createdAt: Date; place: string }

/** Those without a day to come stand after all days. */
const NEXT_ON = `coalesce(s.next_on, '9999-12-31'::date)`
const SORT_KEYS: Readonly<Record<SubscriptionSort, { column: string; type: string; text: string; pattern: RegExp }>> = {
  createdAt: {
    column: 's.created_at',
    type: 'timestamptz',
    text: instantText('s.created_at'),
    pattern: INSTANT_PATTERN,
  },
  nextOn: { column: NEXT_ON, type: 'date', text: `${NEXT_ON}::text`, pattern: DAY_PATTERN },
  amountYen: { column: 's.amount_yen', type: 'bigint', text: 's.amount_yen::text', pattern: NUMBER_PATTERN },
}

/** Of `subscription s` and its cycle `c`: one that failed is over when a later one was charged, or nothing is to come. */
const IS_OPEN = sql`(c.state <> 'failed' or s.status <> 'ended' and not exists (select 1 from subscription_cycle later
  where later.merchant_id = c.merchant_id and later.subscription_id = c.subscription_id and later.number > c.number and later.state = 'charged'))`

/** The cycles of `subscription s` that somebody should look at. Served by subscription_cycle_open. */
function cyclesToLookAt(states: readonly Attention[]): RawBuilder<unknown> {
  return sql`from subscription_cycle c where c.merchant_id = s.merchant_id and c.subscription_id = s.subscription_id
    and c.state = any(${[...states]}::text[]) and ${IS_OPEN}`
}

/** The subscriptions of all of them, for a count over many. Served by subscription_cycle_open. */
function subscriptionsToLookAt(merchantId: string): RawBuilder<unknown> {
  return sql`select c.subscription_id from subscription_cycle c join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id
    where c.merchant_id = ${merchantId}::uuid and c.state = any(${[...ATTENTIONS]}::text[]) and ${IS_OPEN}`
}

export const attentionSql = sql`array(select distinct c.state ${cyclesToLookAt(ATTENTIONS)} order by 1)`

/** One page. Served by subscription_by_time, _by_next or _by_amount. */
export async function listSubscriptions(
  db: Kysely<Database>,
  merchantId: string,
  { sort, direction, cursor, limit, ...filter }: SubscriptionPageQuery,
): Promise<{ items: SubscriptionRow[]; nextCursor: string | null }> {
  const { column, type, text, pattern } = SORT_KEYS[sort]
  const order = `${sort}.${direction}`
  const place = cursor === undefined ? undefined : decodePlace(order, cursor, [pattern, UUID_PATTERN])
  const beyond =
    place === undefined
      ? sql`true`
      : sql`(${sql.raw(column)}, s.subscription_id) ${direction === 'desc' ? sql`<` : sql`>`} (${place[0]}::${sql.raw(type)}, ${place[1]}::uuid)`
  const { rows } = await sql<SubscriptionRecord>`
    select s.subscription_id as id, s.code, s.shop_id, s.kind, s.method, s.status, s.customer_name, s.item_name, s.amount_yen, s.rhythm_unit,
        s.rhythm_every, s.rhythm_day, s.next_number, s.next_on, ${attentionSql} as attention, s.created_at, ${sql.raw(text)} as place
      from subscription s where ${subscriptionsWhere(merchantId, filter)} and ${beyond}
      ${subscriptionsOrder(sort, direction)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ createdAt, place: _, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.place, last.id]) : null,
  }
}

export function subscriptionsOrder(sort: SubscriptionSort, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`
  return sql`order by ${sql.raw(SORT_KEYS[sort].column)} ${way}, s.subscription_id ${way}`
}

/** Over `subscription s`. */
export function subscriptionsWhere(merchantId: string, filter: SubscriptionFilter): RawBuilder<boolean> {
  const { shop, kind, status, method, attention, from, to, q } = filter
  const typed = (q ?? '').normalize('NFKC').trim()
  const parts: RawBuilder<unknown>[] = [
    sql`s.merchant_id = ${merchantId}::uuid`,
    ...(shop?.length ? [sql`s.shop_id = any(${shop}::uuid[])`] : []),
    ...(kind?.length ? [sql`s.kind = any(${kind}::text[])`] : []),
    ...(status?.length ? [sql`s.status = any(${status}::text[])`] : []),
    ...(method?.length ? [sql`s.method = any(${method}::text[])`] : []),
    ...(attention?.length ? [sql`exists (select 1 ${cyclesToLookAt(attention)})`] : []),
    ...(from === undefined ? [] : [sql`s.next_on >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`s.next_on <= ${to}::date`]),
    ...(typed === '' ? [] : [search(typed)]),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A subscription's code, the order number of one of its cycles; for whoever may read them a name in kanji or kana, a telephone number. */
function search(typed: string): RawBuilder<unknown> {
  const code = typed.toUpperCase()
  const digits = typed.replace(/\D/g, '')
  const byCode = sql`starts_with(s.code, ${code}) or starts_with(${code}, s.code || '-')`
  if (!readsPersonalData()) return sql`(${byCode})`
  return sql`(${byCode} or strpos(s.name_key, nkey(${typed})) > 0
    or ${/^[+\d][\d\-() ]*$/.test(typed)}::boolean and starts_with(digits(s.customer ->> 'phone'), ${digits}))`
}

export function subscriptionTotalsSql(merchantId: string, filter: SubscriptionFilter): RawBuilder<SubscriptionTotals> {
  return sql`select count(*) as count, coalesce(sum(s.amount_yen), 0)::bigint as amount_yen,
      count(*) filter (where s.subscription_id in (${subscriptionsToLookAt(merchantId)})) as attention
    from subscription s where ${subscriptionsWhere(merchantId, filter)}`
}

/** Sums of a bare connection come as text. */
export function totalsOf(rows: readonly SubscriptionTotals[]): SubscriptionTotals {
  const [row] = rows
  return {
    count: Number(row?.count ?? 0),
    amountYen: Number(row?.amountYen ?? 0),
    attention: Number(row?.attention ?? 0),
  }
}
