/** What the scheduler takes up. Rows are taken with locks that others skip, so that two schedulers never take the same. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { SubscriptionEvent } from '@choba/shared/states/subscription.ts'
import type { Actor } from '../../core/actor.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'
import type { SubscriptionCycleTable, SubscriptionTable } from '../../db/tables/subscriptions.ts'

export type Subscription = Selectable<SubscriptionTable>
export type Cycle = Selectable<SubscriptionCycleTable>

/** Merchants with something that runs or is followed. */
export async function listMerchants(owner: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ merchantId: string }>`
    select m.merchant_id from merchant m
      where exists (select 1 from subscription s where s.merchant_id = m.merchant_id and s.status <> 'ended')
        or exists (select 1 from subscription_cycle c where c.merchant_id = m.merchant_id and c.state in ('charging', 'held', 'retrying', 'failed'))`.execute(
    owner,
  )
  return rows.map((row) => row.merchantId)
}

/** Connections whose clocks are asked what day it is. */
export async function listClocks(db: Kysely<Database>, merchantId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('connectionId')
    .distinct()
    .where('merchantId', '=', merchantId)
    .execute()
  return rows.map((row) => row.connectionId)
}

export type At = { readonly merchantId: string; readonly connectionId: string; readonly today: BusinessDate }

/** Served by subscription_due. */
export function takeDueSubscriptions(
  tx: Kysely<Database>,
  { merchantId, connectionId, today }: At,
  limit: number,
): Promise<Subscription[]> {
  return tx
    .selectFrom('subscription')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .where('nextGenerateOn', '<=', today)
    .orderBy('nextGenerateOn')
    .orderBy('subscriptionId')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
}

/** The cycle exists once, whoever comes second. */
export async function insertCycle(
  tx: Kysely<Database>,
  cycle: Pick<
    Cycle,
    | 'merchantId'
    | 'subscriptionId'
    | 'number'
    | 'state'
    | 'method'
    | 'fallsOn'
    | 'chargeOn'
    | 'goods'
    | 'meter'
    | 'amountYen'
    | 'generatedOn'
  >,
): Promise<void> {
  const dueOn = cycle.state === 'skipped' ? null : cycle.chargeOn
  await tx
    .insertInto('subscriptionCycle')
    .values({
      ...cycle,
      goods: JSON.stringify(cycle.goods),
      meter: cycle.meter === null ? null : JSON.stringify(cycle.meter),
      dueOn,
      usage: null,
      paymentId: null,
      failedFirst: null,
      firstFailedOn: null,
    })
    .onConflict((conflict) => conflict.columns(['merchantId', 'subscriptionId', 'number']).doNothing())
    .execute()
}

export async function saveSubscription(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Pick<Subscription, 'merchantId' | 'subscriptionId'>,
  change: Partial<
    Pick<Subscription, 'status' | 'nextNumber' | 'nextNominal' | 'nextOn' | 'nextGenerateOn' | 'endsOn' | 'endedOn'>
  >,
): Promise<void> {
  await tx
    .updateTable('subscription')
    .set(change)
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .execute()
}

/**
 * Those whose last day has come, once everything that was made up before is decided: it is still charged, and still
 * tried again. One that rests has nothing under way. Served by subscription_ending.
 */
export async function takeOver(tx: Kysely<Database>, { merchantId, connectionId, today }: At): Promise<Subscription[]> {
  const { rows } = await sql<Subscription>`
    select s.* from subscription s where s.merchant_id = ${merchantId}::uuid and s.connection_id = ${connectionId}::uuid
        and s.ends_on <= ${today}::date and s.status <> 'ended'
        and (s.status = 'paused' or not exists (select 1 from subscription_cycle c where c.merchant_id = s.merchant_id
          and c.subscription_id = s.subscription_id and c.state in ('awaiting_usage', 'generated', 'charging', 'held', 'retrying')))
      for update of s skip locked`.execute(tx)
  return rows
}

export type DueCycle = Cycle & { readonly code: string }

/**
 * Cycles whose day has come, of subscriptions that run. None of which an earlier try stands: a person may have rescued
 * it meanwhile. Served by subscription_cycle_due.
 */
export async function takeDueCycles(tx: Kysely<Database>, at: At, limit: number): Promise<DueCycle[]> {
  const { rows } = await sql<DueCycle>`
    select c.*, s.code from subscription_cycle c join subscription s on s.merchant_id = c.merchant_id and s.subscription_id = c.subscription_id
      where c.merchant_id = ${at.merchantId}::uuid and c.due_on <= ${at.today}::date and c.state in ('generated', 'retrying')
        and s.connection_id = ${at.connectionId}::uuid and s.status in ('active', 'ending')
        and not exists (select 1 from subscription_attempt a join payment p on p.merchant_id = a.merchant_id and p.shop_id = s.shop_id and p.order_number = a.order_number
          where a.merchant_id = c.merchant_id and a.subscription_id = c.subscription_id and a.number = c.number
            and (p.in_flight is not null or p.status not in ('rejected', 'failed', 'expired', 'cancelled')))
      order by c.due_on, c.subscription_id, c.number limit ${limit} for update of c skip locked`.execute(tx)
  return rows
}

export type CycleChange = Partial<
  Pick<
    Cycle,
    | 'state'
    | 'method'
    | 'dueOn'
    | 'paymentId'
    | 'attempts'
    | 'failures'
    | 'fellBack'
    | 'failedFirst'
    | 'firstFailedOn'
    | 'amountYen'
    | 'usage'
  >
>
type CycleKey = Pick<Cycle, 'merchantId' | 'subscriptionId' | 'number'>

export async function saveCycle(tx: Kysely<Database>, key: CycleKey, change: CycleChange): Promise<void> {
  await tx
    .updateTable('subscriptionCycle')
    .set(change)
    .where('merchantId', '=', key.merchantId)
    .where('subscriptionId', '=', key.subscriptionId)
    .where('number', '=', key.number)
    .execute()
}

export type NewEvent = {
  readonly merchantId: string
  readonly subscriptionId: string
  readonly at: Date
  readonly kind: SubscriptionEvent
  readonly detail?: Readonly<Record<string, string>>
  readonly actor: Actor
  readonly idempotencyKey?: string
  readonly requestHash?: string
}

export function addEvent(tx: Kysely<Database>, event: NewEvent): Promise<void> {
  return addEvents(tx, [event])
}

/** Many in one statement. */
export async function addEvents(tx: Kysely<Database>, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ actor, detail = {}, idempotencyKey = null, requestHash = null, ...row }) => ({
    ...row,
    eventId: uuidv7(),
    detail: JSON.stringify(detail),
    actorKind: actor.kind,
    actorId: actor.id,
    idempotencyKey,
    requestHash,
  }))
  await tx.insertInto('subscriptionEvent').values(rows).execute()
}
