/** What the calendar and the month view count. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { MonthAnswer, Share } from '@choba/shared/contracts/subscription-outlook.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Method } from '@choba/shared/methods.ts'
import { ATTENTIONS, type CycleState, type SubscriptionKind } from '@choba/shared/states/subscription.ts'
import type { Database } from '../../db/schema.ts'
import type { Subscription } from './scheduler.queries.ts'

/** More than any row of holidays: so far a day may roll back. */
export const LONGEST_ROLL_DAYS = 14

export type AheadRow = Pick<
  Subscription,
  'rhythmUnit' | 'rhythmEvery' | 'rhythmDay' | 'roll' | 'nextNumber' | 'nextNominal' | 'endsOn' | 'amountYen'
>

export type Span = {
  readonly merchantId: string
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly shop?: readonly string[] | undefined
}

function ofShops(shop: Span['shop']): RawBuilder<unknown> {
  return shop?.length ? sql`s.shop_id = any(${[...shop]}::uuid[])` : sql`true`
}

export type PlanRow = AheadRow & {
  readonly id: string
  readonly code: string
  readonly customerName: string
  readonly kind: SubscriptionKind
  readonly method: Method
  /** The last cycle that was decided was not approved at the first try. */
  readonly troubled: boolean
}

/** Everything with a cycle to come by the end of the span. Served by subscription_due and the key of cycles. */
export async function listPlans(db: Kysely<Database>, { merchantId, to, shop }: Span): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select s.subscription_id as id, s.code, s.customer_name, s.kind, s.method, s.rhythm_unit, s.rhythm_every, s.rhythm_day, s.roll, s.next_number,
        s.next_nominal, s.ends_on, s.amount_yen,
        coalesce((select c.failed_first from subscription_cycle c where c.merchant_id = s.merchant_id and c.subscription_id = s.subscription_id
          and c.failed_first is not null order by c.number desc limit 1), false) as troubled
      from subscription s where s.merchant_id = ${merchantId}::uuid and s.next_generate_on is not null and ${ofShops(shop)}
        and s.next_on <= ${to}::date + ${LONGEST_ROLL_DAYS}::integer`.execute(db)
  return rows
}

export type DayCount = {
  readonly on: BusinessDate
  readonly count: number
  readonly amountYen: number
  readonly atRisk: number
}

/** Cycles that were made up, by day; what was left out or taken back is not to come. Served by subscription_cycle_by_day. */
export async function countByDay(db: Kysely<Database>, { merchantId, from, to, shop }: Span): Promise<DayCount[]> {
  const { rows } = await sql<DayCount>`
    select c.falls_on as on, count(*) as count, coalesce(sum(c.amount_yen), 0)::bigint as amount_yen,
        count(*) filter (where c.state = any(${[...ATTENTIONS]}::text[])) as at_risk
      from subscription_cycle c join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id
      where c.merchant_id = ${merchantId}::uuid and c.falls_on between ${from}::date and ${to}::date and c.state not in ('skipped', 'cancelled')
        and ${ofShops(shop)}
      group by c.falls_on`.execute(db)
  return rows
}

export type MadeUp = {
  readonly id: string
  readonly code: string
  readonly number: number
  readonly on: BusinessDate
  readonly customerName: string
  readonly kind: SubscriptionKind
  readonly method: Method
  readonly state: CycleState
  readonly amountYen: number | null
}

export async function listMadeUp(
  db: Kysely<Database>,
  { merchantId, from, to, shop }: Span,
  limit: number,
): Promise<MadeUp[]> {
  const { rows } = await sql<MadeUp>`
    select s.subscription_id as id, s.code, c.number, c.falls_on as on, s.customer_name, s.kind, c.method, c.state, c.amount_yen
      from subscription_cycle c join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id
      where c.merchant_id = ${merchantId}::uuid and c.falls_on between ${from}::date and ${to}::date and ${ofShops(shop)}
      order by c.falls_on, s.code, c.number limit ${limit}`.execute(db)
  return rows
}

export async function countStates(
  db: Kysely<Database>,
  { merchantId, from, to }: Span,
): Promise<MonthAnswer['states']> {
  const { rows } = await sql<MonthAnswer['states'][number]>`
    select c.state, count(*) as count, coalesce(sum(c.amount_yen), 0)::bigint as amount_yen from subscription_cycle c
      where c.merchant_id = ${merchantId}::uuid and c.falls_on between ${from}::date and ${to}::date
      group by c.state order by c.state`.execute(db)
  return rows
}

export type MethodCount = { readonly method: Method; readonly count: number; readonly amountYen: number }

/** Made up and not decided yet. */
export async function countUndecided(db: Kysely<Database>, { merchantId, from, to }: Span): Promise<MethodCount[]> {
  const { rows } = await sql<MethodCount>`
    select c.method, count(*) as count, coalesce(sum(c.amount_yen), 0)::bigint as amount_yen from subscription_cycle c
      where c.merchant_id = ${merchantId}::uuid and c.falls_on between ${from}::date and ${to}::date
        and c.state in ('awaiting_usage', 'generated', 'charging', 'held', 'retrying')
      group by c.method`.execute(db)
  return rows
}

/** Of the first tries that were decided, how many were approved; by the method that was tried first. */
export async function shareApproved(
  db: Kysely<Database>,
  { merchantId, from, to }: Span,
): Promise<Array<Share & { readonly method: Method }>> {
  const { rows } = await sql<Share & { method: Method }>`
    select a.method, count(*) filter (where not c.failed_first) as part, count(*) as whole
      from subscription_cycle c join subscription_attempt a on a.merchant_id = c.merchant_id and a.subscription_id = c.subscription_id
        and a.number = c.number and a.attempt = 1
      where c.merchant_id = ${merchantId}::uuid and c.falls_on between ${from}::date and ${to}::date and c.failed_first is not null
      group by a.method`.execute(db)
  return rows
}

/** Rates of a month, each as what was counted. */
export async function readRates(
  db: Kysely<Database>,
  { merchantId, from, to }: Span,
): Promise<Pick<MonthAnswer, 'churn' | 'failure' | 'recovery'>> {
  const { rows } = await sql<Record<'ran' | 'ended' | 'decided' | 'failed' | 'recovered', number>>`
    select ran, ended, decided, failed, recovered from
      (select count(*) as ran, count(*) filter (where ended_on between ${from}::date and ${to}::date) as ended from subscription
        where merchant_id = ${merchantId}::uuid and started_on < ${from}::date and (ended_on is null or ended_on >= ${from}::date)) s,
      (select count(*) as decided, count(*) filter (where failed_first) as failed, count(*) filter (where failed_first and state = 'charged') as recovered
        from subscription_cycle where merchant_id = ${merchantId}::uuid and falls_on between ${from}::date and ${to}::date and failed_first is not null) c`.execute(
    db,
  )
  const { ran = 0, ended = 0, decided = 0, failed = 0, recovered = 0 } = rows[0] ?? {}
  return {
    churn: { part: ended, whole: ran },
    failure: { part: failed, whole: decided },
    recovery: { part: recovered, whole: failed },
  }
}
