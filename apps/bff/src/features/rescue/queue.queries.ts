/** Payments whose screening asks for somebody. A queue is short beside the books: it is found by partial indexes, then sorted. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { RescueRow } from '@choba/shared/contracts/rescue.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { RescueFilter, RescuePageQuery, RescueSort } from '@choba/shared/filters/rescue.ts'
import { LAPSING_DAYS, RESCUE_KINDS, type RescueKind } from '@choba/shared/states/screening.ts'
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

/** A connection's day and instant by its provider's clock, and from when on a review there is long. */
export type ProviderMoment = {
  readonly connectionId: string
  readonly today: BusinessDate
  readonly now: Date
  readonly longSince: Date
}

type SortKey = {
  readonly column: RawBuilder<unknown>
  readonly type: RawBuilder<unknown>
  readonly text: string
  readonly pattern: RegExp
  readonly descending: boolean
}
// A case, not coalesce: row-level security takes coalesce for something that could leak. Orders without a day stand last.
const SHIP_ON = `(case when q.ship_on is null then date '9999-12-31' else q.ship_on end)`
const SORT_KEYS: Readonly<Record<RescueSort, SortKey>> = {
  ship_on: {
    column: sql.raw(SHIP_ON),
    type: sql`date`,
    text: `${SHIP_ON}::text`,
    pattern: DAY_PATTERN,
    descending: false,
  },
  amount: {
    column: sql`q.amount_yen`,
    type: sql`bigint`,
    text: 'q.amount_yen::text',
    pattern: NUMBER_PATTERN,
    descending: true,
  },
  age: {
    column: sql`q.decided_at`,
    type: sql`timestamptz`,
    text: instantText('q.decided_at'),
    pattern: INSTANT_PATTERN,
    descending: false,
  },
}

type QueueRecord = Omit<RescueRow, 'id' | 'decidedAt'> & { paymentId: string; decidedAt: Date; place: string }

export async function listQueue(
  db: Kysely<Database>,
  merchantId: string,
  moments: readonly ProviderMoment[],
  { sort, cursor, limit, ...filter }: RescuePageQuery,
): Promise<{ items: RescueRow[]; nextCursor: string | null }> {
  const { column, type, text, pattern, descending } = SORT_KEYS[sort]
  const place = cursor === undefined ? undefined : decodePlace(sort, cursor, [pattern, UUID_PATTERN])
  const beyond = place
    ? sql`(${column}, q.payment_id) ${descending ? sql`<` : sql`>`} (${place[0]}::${type}, ${place[1]}::uuid)`
    : sql`true`
  const way = descending ? sql`desc` : sql`asc`
  const { rows } = await sql<QueueRecord>`
    with q as (${queueSql(merchantId, moments, filter)})
    select q.payment_id, q.kind, q.status, q.shop_id, q.order_number, q.customer_name, q.amount_yen, q.reasons, q.ship_on, q.decided_at, q.lapses_on,
        q.attempts, q.in_flight, q.today, q.age_minutes, ${sql.raw(text)} as place
      from q where ${beyond} order by ${column} ${way}, q.payment_id ${way} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ paymentId, place: _, decidedAt, ...row }) => ({
      id: paymentId,
      ...row,
      decidedAt: decidedAt.toISOString(),
    })),
    nextCursor: rows.length > limit && last ? encodePlace(sort, [last.place, last.paymentId]) : null,
  }
}

export async function totalQueue(
  db: Kysely<Database>,
  merchantId: string,
  moments: readonly ProviderMoment[],
  filter: RescueFilter,
): Promise<Array<{ kind: RescueKind; count: number; amountYen: number }>> {
  const { rows } = await sql<{ kind: RescueKind; count: number; amountYen: number }>`
    select q.kind, count(*) as count, sum(q.amount_yen)::bigint as amount_yen from (${queueSql(merchantId, moments, filter)}) q group by q.kind`.execute(
    db,
  )
  return RESCUE_KINDS.map((kind) => rows.find((row) => row.kind === kind) ?? { kind, count: 0, amountYen: 0 })
}

/** The kind of one payment, undefined when it asks for nobody. Set aside or not. */
export async function findKind(
  db: Kysely<Database>,
  merchantId: string,
  moments: readonly ProviderMoment[],
  paymentId: string,
): Promise<RescueKind | undefined> {
  const one = sql`n.payment_id = ${paymentId}::uuid`
  const { rows } = await sql<{ kind: RescueKind }>`
    select q.kind from (${candidates(merchantId, moments, one)}) q`.execute(db)
  return rows[0]?.kind
}

function queueSql(merchantId: string, moments: readonly ProviderMoment[], { kind, shop }: RescueFilter) {
  const ofShops = shop === undefined || shop.length === 0 ? sql`true` : sql`n.shop_id = any(${[...shop]}::uuid[])`
  const ofKinds = kind === undefined || kind.length === 0 ? sql`true` : sql`c.kind = any(${[...kind]}::text[])`
  return sql`
    select c.* from (${candidates(merchantId, moments, ofShops)}) c
      where ${ofKinds} and not exists (select 1 from rescue_aside a
        where a.merchant_id = ${merchantId}::uuid and a.payment_id = c.payment_id and a.attempts = c.attempts)`
}

/** Three partial indexes, one for each way into the queue; what a payment is called follows from its status. */
function candidates(merchantId: string, moments: readonly ProviderMoment[], condition: RawBuilder<unknown>) {
  const latest =
    moments
      .map(({ today }) => today)
      .sort()
      .at(-1) ?? '0001-01-01'
  const row = sql`n.payment_id, n.connection_id, n.shop_id, n.ship_on, n.decided_at, n.lapses_on, n.attempts`
  const scope = sql`n.merchant_id = ${merchantId}::uuid and ${condition}`
  return sql`
    select n.*, p.status, p.order_number, p.customer_name, p.amount_yen, p.reasons, p.in_flight, k.kind, m.today, greatest(0, floor(extract(epoch from m.now - n.decided_at) / 60))::integer as age_minutes
      from (
        select ${row} from np_postpaid n where ${scope} and n.ended is null and n.shipped_on is null and n.screening in ('on_hold', 'rejected', 'refused', 'in_review')
        union all select ${row} from np_postpaid n where ${scope} and n.lapses_on is not null and n.lapses_on <= ${latest}::date + ${LAPSING_DAYS}::integer
        union all select ${row} from np_postpaid n where ${scope} and n.ended = 'expired') n
      join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = n.payment_id
      join unnest(${moments.map((each) => each.connectionId)}::uuid[], ${moments.map((each) => each.today)}::date[], ${moments.map((each) => each.now.toISOString())}::timestamptz[], ${moments.map((each) => each.longSince.toISOString())}::timestamptz[])
        as m(connection_id, today, now, long_since) on m.connection_id = n.connection_id
      cross join lateral (select case
          when p.status in ('on_hold', 'rejected', 'failed') then p.status
          when p.status = 'in_review' and n.decided_at <= m.long_since then 'long_review'
          when p.status = 'authorized' and n.lapses_on <= m.today + ${LAPSING_DAYS}::integer then 'lapsing'
          when p.status = 'expired' then 'lapsed' end) k(kind)
      where k.kind is not null`
}
