/** What there is to be told of each kind, as it stands now: found again at every look, and told by its cause once. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { NotificationKind } from '@choba/shared/notification-kinds.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'

export type Happening = {
  /** What makes it one and the same. */
  readonly cause: string
  readonly shopId: string | null
  readonly paymentId: string | null
  readonly orderNumber: string | null
  /** A file's name, a statement's number, a provider, a list. */
  readonly about: string | null
  readonly amountYen: number | null
  /** Who asked for it. */
  readonly actorId: string | null
}

export type Look = {
  readonly merchantId: string
  readonly now: Date
  /** Each connection's instant and day by its provider's clock. */
  readonly moments: ReadonlyArray<{ readonly connectionId: string; readonly now: Date; readonly today: string }>
}

export type Wish = {
  readonly ruleId: string
  readonly kind: NotificationKind
  readonly fromYen: number | null
  readonly days: number | null
  readonly shopIds: readonly string[] | null
}

/** What ended is looked for this long: a process that was down over a long weekend misses nothing. */
const RECENT_DAYS = 7
/** Statements carry no instant of ours; a file may bring one of a past closing. */
const RECENT_CLOSINGS_DAYS = 60
const STUCK_MINUTES = 60
/** Single failures are the network's. */
const FAILURES = 3
const DAY_MS = 86_400_000

/** What the rule has not dealt with, some of it. */
export async function listUnseen(db: Kysely<Database>, look: Look, wish: Wish, limit: number): Promise<Happening[]> {
  const { rows } = await sql<Happening>`${unseenSql(look, wish)} order by h.cause limit ${limit}`.execute(db)
  return rows
}

/** What stands when a rule begins is no news. */
export async function markAllSeen(tx: Kysely<Database>, look: Look, wish: Wish): Promise<void> {
  await sql`
    insert into notification_seen (merchant_id, rule_id, cause)
    select ${look.merchantId}::uuid, ${wish.ruleId}::uuid, h.cause from (${unseenSql(look, wish)}) h
    on conflict do nothing`.execute(tx)
}

export async function markSeen(
  tx: Kysely<Database>,
  { merchantId }: Look,
  { ruleId }: Wish,
  causes: readonly string[],
): Promise<void> {
  await sql`
    insert into notification_seen (merchant_id, rule_id, cause)
    select ${merchantId}::uuid, ${ruleId}::uuid, cause from unnest(${[...causes]}::text[]) cause
    on conflict do nothing`.execute(tx)
}

function unseenSql(look: Look, wish: Wish): RawBuilder<Happening> {
  const { merchantId } = look
  const amount = wish.fromYen === null ? sql`true` : sql`h.amount_yen >= ${wish.fromYen}`
  const shops = wish.shopIds === null ? sql`true` : sql`h.shop_id = any(${[...wish.shopIds]}::uuid[])`
  return sql<Happening>`
    select h.* from (${HAPPENINGS[wish.kind](look, wish.days ?? 0)}) h
      where ${amount} and ${shops} and not exists (select 1 from notification_seen s
        where s.merchant_id = ${merchantId}::uuid and s.rule_id = ${wish.ruleId}::uuid and s.cause = h.cause)`
}

type Source = (look: Look, days: number) => RawBuilder<unknown>

const HAPPENINGS: Readonly<Record<NotificationKind, Source>> = {
  screening_rejected: (look) => declined(look, sql`n.screening in ('rejected', 'refused')`),
  screening_on_hold: (look) => declined(look, sql`n.screening = 'on_hold'`),
  screening_pending: (look, days) =>
    toRescue(
      look,
      sql`n.screening = 'in_review' and (case when n.decided_at is null then p.ordered_at else n.decided_at end) <= m.now - make_interval(days => ${days})`,
    ),
  approval_lapsing: (look, days) =>
    ofNp(
      look,
      sql`n.lapses_on <= ${latestDay(look)}::date + ${days}::integer and n.lapses_on <= m.today + ${days}::integer`,
      sql`n.lapses_on`,
    ),
  dispute_opened: (look) =>
    ofNp(look, sql`n.disputed and n.shipped_on is not null and n.statement_number is null and n.ended is null`),
  claim_withdrawn: (look, days) =>
    ofNp(look, sql`n.withdrawn_on is not null and n.withdrawn_on <= m.today - ${days}::integer`, sql`n.withdrawn_on`),
  // While something is under way it may be just about to go.
  became_zombie: ({ merchantId }) => sql`
    select z.kind || ':' || z.payment_id as cause, ${OF_PAYMENT}, null::text as actor_id
      from zombie z join payment p on p.merchant_id = z.merchant_id and p.payment_id = z.payment_id
      where z.merchant_id = ${merchantId}::uuid and p.in_flight is null`,
  approval_asked: ({ merchantId, now }, days) => sql`
    select o.operation_id::text as cause, p.shop_id, p.payment_id, p.order_number, o.kind as about,
        (case when o.amount_yen is null then p.amount_yen else o.amount_yen end) as amount_yen, o.actor_id
      from operation o join payment p on p.merchant_id = o.merchant_id and p.payment_id = o.payment_id
      where o.merchant_id = ${merchantId}::uuid and o.state = 'requested' and o.requested_at <= ${before(now, { days })}`,
  // Each cycle once, however often it is tried. Served by subscription_cycle_open.
  subscription_failed: ({ merchantId }) => sql`
    select c.subscription_id || ':' || c.number as cause, s.shop_id, c.payment_id, null::text as order_number, s.code as about,
        c.amount_yen, null::text as actor_id
      from subscription_cycle c join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id
      where c.merchant_id = ${merchantId}::uuid and c.state in ('held', 'retrying', 'failed')
        and (c.state <> 'failed' or s.status <> 'ended')`,
  payout_arrived: (look) => ofStatements(look, sql`s.state = 'paid'`),
  payout_differs: (look) => ofStatements(look, sql`true`),
  message_stuck: ({ merchantId, now }) => sql`
    select m.message_id::text as cause, c.shop_id, p.payment_id, p.order_number, m.provider as about,
        null::bigint as amount_yen, null::text as actor_id
      from provider_message m join connection c on c.merchant_id = m.merchant_id and c.connection_id = m.connection_id
      left join payment p on p.merchant_id = m.merchant_id and p.payment_id = m.payment_id
      where m.merchant_id = ${merchantId}::uuid and m.state = 'waiting' and m.received_at <= ${before(now, { minutes: STUCK_MINUTES })}`,
  connection_failing: ({ merchantId }) => sql`
    select f.connection_id || ':' || to_char(f.failing_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') as cause,
        c.shop_id, null::uuid as payment_id, null::text as order_number, c.provider as about, null::bigint as amount_yen, null::text as actor_id
      from connection_poll f join connection c on c.merchant_id = f.merchant_id and c.connection_id = f.connection_id
      where f.merchant_id = ${merchantId}::uuid and f.failures >= ${FAILURES} and f.failing_since is not null`,
  import_failed: (look) => ofImports(look, sql`${FAILED_ROWS} > 0`),
  import_finished: (look) => ofImports(look, sql`${FAILED_ROWS} = 0`),
  // One that a schedule took is told as the schedule's.
  export_failed: (look) => ofExports(look, sql`e.state = 'failed' and e.schedule_id is null`),
  export_finished: (look) => ofExports(look, sql`e.state = 'done'`),
  schedule_failed: ofSchedules,
  webhook_given_up: ({ merchantId, now }) => sql`
    select w.webhook_id || ':' || (d.ended_at at time zone 'Asia/Tokyo')::date as cause, null::uuid as shop_id, null::uuid as payment_id,
        null::text as order_number, max(w.name) as about, null::bigint as amount_yen, null::text as actor_id
      from webhook_delivery d join webhook w on w.merchant_id = d.merchant_id and w.webhook_id = d.webhook_id
      where d.merchant_id = ${merchantId}::uuid and d.state = 'failed' and d.ended_at >= ${before(now, { days: RECENT_DAYS })}
      group by w.webhook_id, (d.ended_at at time zone 'Asia/Tokyo')::date`,
}

const OF_PAYMENT = sql`p.shop_id, p.payment_id, p.order_number, null::text as about, p.amount_yen`

/** Of the last days: what was declined and left so stands for ever. Served by np_postpaid_declined. */
function declined(look: Look, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const since = earliestMoment(look).getTime() - RECENT_DAYS * DAY_MS
  return toRescue(look, sql`n.decided_at >= ${new Date(since)}::timestamptz and ${condition}`)
}

/** Providers' clocks differ; an index wants one constant. */
function earliestMoment({ moments, now }: Look): Date {
  return moments.reduce((first, each) => (each.now < first ? each.now : first), now)
}

function latestDay({ moments, now }: Look): string {
  return [...moments.map(({ today }) => today), dayOf(now)].toSorted().at(-1) ?? dayOf(now)
}

/** Registered and not shipped; each attempt is news of its own. */
function toRescue(look: Look, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return ofNp(look, sql`n.ended is null and n.shipped_on is null and ${condition}`, sql`n.attempts`)
}

/** Past sales from a file are on none of NP's lists. */
function ofNp(
  { merchantId, moments }: Look,
  condition: RawBuilder<unknown>,
  again: RawBuilder<unknown> = sql`0`,
): RawBuilder<unknown> {
  return sql`
    select n.payment_id || ':' || (${again})::text as cause, ${OF_PAYMENT}, null::text as actor_id
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      join unnest(${moments.map((each) => each.connectionId)}::uuid[], ${moments.map((each) => each.today)}::date[], ${moments.map((each) => each.now.toISOString())}::timestamptz[])
        as m(connection_id, today, now) on m.connection_id = n.connection_id
      where n.merchant_id = ${merchantId}::uuid and ${condition}`
}

function ofStatements({ merchantId, now }: Look, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select s.statement_id::text as cause, s.shop_id, null::uuid as payment_id, null::text as order_number,
        s.statement_number as about, s.transfer_yen as amount_yen, null::text as actor_id
      from statement s where s.merchant_id = ${merchantId}::uuid and ${condition}
        and s.closing_on >= (${before(now, { days: RECENT_CLOSINGS_DAYS })} at time zone 'Asia/Tokyo')::date`
}

const FAILED_ROWS = sql`(case when r.counts ->> 'failed' is null then 0 else (r.counts ->> 'failed')::integer end)`

function ofImports({ merchantId, now }: Look, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select r.run_id::text as cause, r.shop_id, null::uuid as payment_id, null::text as order_number, r.file_name as about,
        null::bigint as amount_yen, (case when r.started_by is null then r.created_by else r.started_by end) as actor_id
      from import_run r where r.merchant_id = ${merchantId}::uuid and r.state = 'done'
        and r.ended_at >= ${before(now, { days: RECENT_DAYS })} and ${condition}`
}

/** Its name is given when it is written: until then a file is known by its list. */
function ofExports({ merchantId, now }: Look, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select e.export_id::text as cause, null::uuid as shop_id, null::uuid as payment_id, null::text as order_number, e.list as about,
        null::bigint as amount_yen, e.asked_by as actor_id
      from export_run e where e.merchant_id = ${merchantId}::uuid and ${condition} and e.asked_at >= ${before(now, { days: RECENT_DAYS })}`
}

/** Each stop is news of its own, and of a file whatever came first. */
function ofSchedules({ merchantId, now }: Look): RawBuilder<unknown> {
  return sql`
    select s.schedule_id || ':' || to_char(s.next_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as cause, null::uuid as shop_id,
        null::uuid as payment_id, null::text as order_number, s.name as about, null::bigint as amount_yen, s.owner_id as actor_id
      from export_schedule s where s.merchant_id = ${merchantId}::uuid and s.stopped_by is not null
    union all
    select e.export_id::text, null, null, null, coalesce(s.name, e.file_name), null, e.asked_by
      from export_run e left join export_schedule s on s.merchant_id = e.merchant_id and s.schedule_id = e.schedule_id
      where e.merchant_id = ${merchantId}::uuid and e.schedule_id is not null and e.asked_at >= ${before(now, { days: RECENT_DAYS })}
        and (e.state = 'failed' or e.delivery_failure is not null or exists (select 1 from outgoing_mail o
          where o.merchant_id = e.merchant_id and o.export_id = e.export_id and o.state = 'failed'))`
}

function before(now: Date, { days = 0, minutes = 0 }: { readonly days?: number; readonly minutes?: number }) {
  return sql`${new Date(now.getTime() - (days * 1440 + minutes) * 60_000)}::timestamptz`
}
