/** The list of payment links: one predicate for the list, its totals and its export. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { PaymentLinkRow, PaymentLinkTotals } from '@choba/shared/contracts/payment-links.ts'
import { addDays, startOfDay } from '@choba/shared/dates.ts'
import type { PaymentLinkFilter, PaymentLinkPageQuery, PaymentLinkSort } from '@choba/shared/filters/payment-links.ts'
import { PAYMENT_LINK_STATES, type PaymentLinkState } from '@choba/shared/states/payment-link.ts'
import {
  decodePlace,
  encodePlace,
  INSTANT_PATTERN,
  instantText,
  NUMBER_PATTERN,
  UUID_PATTERN,
} from '../../db/list-cursor.ts'
import { readsPersonalData } from '../../core/personal-sight.ts'
import type { Database } from '../../db/schema.ts'

type SortKey = { column: RawBuilder<unknown>; type: RawBuilder<unknown>; text: string; pattern: RegExp }

const SORT_KEYS: Readonly<Record<PaymentLinkSort, SortKey>> = {
  createdAt: {
    column: sql`l.created_at`,
    type: sql`timestamptz`,
    text: instantText('l.created_at'),
    pattern: INSTANT_PATTERN,
  },
  expiresAt: {
    column: sql`l.expires_at`,
    type: sql`timestamptz`,
    text: instantText('l.expires_at'),
    pattern: INSTANT_PATTERN,
  },
  amountYen: { column: sql`l.amount_yen`, type: sql`bigint`, text: 'l.amount_yen::text', pattern: NUMBER_PATTERN },
}

type LinkRecord = Omit<PaymentLinkRow, 'id' | 'createdAt' | 'expiresAt' | 'openedAt'> & {
  linkId: string
  createdAt: Date
  expiresAt: Date
  openedAt: Date | null
  place: string
}

/** One page. Served by payment_link_by_time, _by_amount or _by_expiry. */
export async function listPaymentLinks(
  db: Kysely<Database>,
  merchantId: string,
  { sort, direction, cursor, limit, ...filter }: PaymentLinkPageQuery,
): Promise<{ items: PaymentLinkRow[]; nextCursor: string | null }> {
  const { column, type, text, pattern } = SORT_KEYS[sort]
  const order = `${sort}.${direction}`
  const place = cursor === undefined ? undefined : decodePlace(order, cursor, [pattern, UUID_PATTERN])
  const beyond =
    place === undefined
      ? sql`true`
      : sql`(${column}, l.link_id) ${direction === 'desc' ? sql`<` : sql`>`} (${place[0]}::${type}, ${place[1]}::uuid)`
  const { rows } = await sql<LinkRecord>`
    select l.link_id, l.shop_id, l.order_number, l.item_name, l.customer_name, l.amount_yen, l.methods, l.state, l.method, l.site,
        l.created_at, l.expires_at, l.opened_at, l.payment_id, ${sql.raw(text)} as place
      from payment_link l where ${linksWhere(merchantId, filter)} and ${beyond}
      ${linksOrder(sort, direction)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ linkId, createdAt, expiresAt, openedAt, place: _, ...row }) => ({
      ...row,
      id: linkId,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      openedAt: openedAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.place, last.linkId]) : null,
  }
}

export function linksOrder(sort: PaymentLinkSort, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`
  return sql`order by ${SORT_KEYS[sort].column} ${way}, l.link_id ${way}`
}

/** Over `payment_link l`. */
export function linksWhere(merchantId: string, filter: PaymentLinkFilter): RawBuilder<boolean> {
  const { shop, state, method, from, to, q } = filter
  const typed = (q ?? '').normalize('NFKC').trim()
  const parts: RawBuilder<unknown>[] = [
    sql`l.merchant_id = ${merchantId}::uuid`,
    ...(shop === undefined || shop.length === 0 ? [] : [sql`l.shop_id = any(${shop}::uuid[])`]),
    ...(state === undefined || state.length === 0 ? [] : [sql`l.state = any(${state}::text[])`]),
    ...(method === undefined || method.length === 0 ? [] : [sql`l.method = any(${method}::text[])`]),
    ...(from === undefined ? [] : [sql`l.created_at >= ${startOfDay(from)}`]),
    ...(to === undefined ? [] : [sql`l.created_at < ${startOfDay(addDays(to, 1))}`]),
    // Names as nkey folds them: kana, widths and spaces do not matter.
    ...(typed === ''
      ? []
      : [
          readsPersonalData()
            ? sql`(starts_with(lower(l.order_number), lower(${typed})) or strpos(nkey(l.customer_name), nkey(${typed})) > 0)`
            : sql`starts_with(lower(l.order_number), lower(${typed}))`,
        ]),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export type StateTotal = { readonly state: PaymentLinkState; readonly count: number; readonly amountYen: number }

export function linkTotalsSql(merchantId: string, filter: PaymentLinkFilter): RawBuilder<StateTotal> {
  return sql`select l.state, count(*) as count, sum(l.amount_yen)::bigint as amount_yen from payment_link l where ${linksWhere(merchantId, filter)} group by l.state`
}

/** In the order of a link's life. Counts of a bare connection come as text. */
export function totalsOf(rows: readonly StateTotal[]): PaymentLinkTotals {
  const byState = PAYMENT_LINK_STATES.flatMap((state) => {
    const row = rows.find((each) => each.state === state)
    return row === undefined ? [] : [{ state, count: Number(row.count), amountYen: Number(row.amountYen) }]
  })
  return {
    count: byState.reduce((sum, row) => sum + row.count, 0),
    amountYen: byState.reduce((sum, row) => sum + row.amountYen, 0),
    byState,
  }
}
