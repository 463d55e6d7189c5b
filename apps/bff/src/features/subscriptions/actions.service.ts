/** What a person does to a subscription: rest, go on, leave one out, change, end. Each key once. */
import type { Kysely } from 'kysely'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import type { SubscriptionActInput } from '@choba/shared/contracts/subscription-input.ts'
import { type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { type SubscriptionEvent, subscriptionRefusal } from '@choba/shared/states/subscription.ts'
import { catchUp } from '@choba/shared/subscriptions/schedule.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { loadShopCalendar } from '../../db/calendar.ts'
import type { Database } from '../../db/schema.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { cancelUnsent, findActByKey, skipMissed, skipUnsent, updateTerms } from './actions.queries.ts'
import { lockSubscription } from './attempts.queries.ts'
import { changedColumns } from './change.ts'
import { detailOf, subscriptionOf } from './detail.service.ts'
import { nextDays, rhythmOf } from './plan.ts'
import { runSoon } from './run-soon.ts'
import { addEvent, type Subscription } from './scheduler.queries.ts'
import { passOver } from './scheduler.service.ts'
import { hashOf, refuse, type SubscriptionDeps } from './subscriptions.service.ts'

type Done = {
  readonly kind: SubscriptionEvent
  readonly detail?: Readonly<Record<string, string>>
  readonly columns: Partial<Omit<Subscription, 'delivery'>>
}
type Of<A extends SubscriptionActInput['action']> = Extract<SubscriptionActInput, { action: A }>

/**
 * The same key with the same content changes nothing again.
 * @throws AppError resource.not_found, request.invalid, action.not_allowed, idempotency.conflict
 */
export async function actOn(
  deps: SubscriptionDeps,
  session: Session,
  id: string,
  input: SubscriptionActInput,
): Promise<SubscriptionDetail> {
  const { merchantId } = session
  const { idempotencyKey, ...act } = input
  const requestHash = hashOf(act)
  const db = deps.db.merchant(merchantId)
  const { subscriptionId } = await subscriptionOf(db, merchantId, id)
  await db.transaction().execute(async (tx) => {
    const subscription = (await lockSubscription(tx, merchantId, subscriptionId)) as Subscription // found just now, and never deleted
    const earlier = await findActByKey(tx, subscription, idempotencyKey)
    if (earlier !== undefined) {
      if (earlier.requestHash !== requestHash) throw new AppError('idempotency.conflict', { idempotencyKey })
      return
    }
    const namesCycle = input.action === 'skip' && input.number !== undefined
    const facts = {
      status: subscription.status,
      kind: subscription.kind,
      hasNext: namesCycle || subscription.nextOn !== null,
    }
    const reason = subscriptionRefusal(input.action, facts, session)
    if (reason !== undefined) throw new AppError('action.not_allowed', { reason })
    const now = deps.providerClocks.now(subscription.connectionId)
    const { kind, detail = {}, columns } = await perform(tx, subscription, input, dayOf(now))
    await updateTerms(tx, subscription, columns)
    const actor = person(session)
    await addEvent(tx, { merchantId, subscriptionId, at: now, kind, detail, actor, idempotencyKey, requestHash })
    await audit(tx, {
      merchantId,
      actor,
      action: `subscription.${input.action}`,
      subject: { kind: 'subscription', id: subscriptionId },
      before: tracesOf(subscription),
      after: { ...tracesOf({ ...subscription, ...columns }), ...detail },
    })
    await runSoon(tx, merchantId)
  })
  return detailOf(deps, session, id)
}

/** What the audit log keeps: no names and addresses. */
function tracesOf({ status, kind, method, amountYen, nextOn, endsOn }: Subscription) {
  return { status, kind, method, amountYen, nextOn, endsOn }
}

function perform(
  tx: Kysely<Database>,
  subscription: Subscription,
  input: SubscriptionActInput,
  today: BusinessDate,
): Promise<Done> {
  switch (input.action) {
    case 'pause':
      return Promise.resolve({
        kind: 'paused',
        columns: { status: 'paused' as const, nextOn: null, nextGenerateOn: null },
      })
    case 'resume':
      return resume(tx, subscription, input, today)
    case 'skip':
      return skip(tx, subscription, input, today)
    case 'change':
      return change(tx, subscription, input, today)
    case 'cancel':
      return subscription.kind === 'simple' ? cancelSimple(tx, subscription) : cancel(tx, subscription, input, today)
  }
}

/** What was charged stays; whether the provider has stopped it says itself. */
async function cancelSimple(tx: Kysely<Database>, subscription: Subscription): Promise<Done> {
  const { merchantId, subscriptionId, nextOn, nextNominal } = subscription
  await enqueue(tx, 'subscriptions:stop', { merchantId, subscriptionId })
  const endsOn = nextOn ?? nextNominal
  return {
    kind: 'cancel_planned',
    detail: { on: endsOn },
    columns: { status: 'ending', endsOn, nextOn: null, nextGenerateOn: null },
  }
}

/** After a rest, or after a cancellation that was only planned. */
async function resume(
  tx: Kysely<Database>,
  subscription: Subscription,
  { nextOn }: Of<'resume'>,
  today: BusinessDate,
): Promise<Done> {
  const { agreedEndsOn } = subscription
  const rested = subscription.status === 'paused'
  if (nextOn !== undefined && nextOn < today) refuse([{ path: 'nextOn', message: 'has gone by' }])
  if (rested) await skipMissed(tx, subscription, today)
  // A rest does not take a planned cancellation back.
  const endsOn = rested ? subscription.endsOn : agreedEndsOn
  const status = rested && subscription.endsOn !== agreedEndsOn ? ('ending' as const) : ('active' as const)
  const nextNominal = nextOn ?? catchUp(rhythmOf(subscription), subscription.nextNominal, today)
  const row = { ...subscription, status, endsOn, nextNominal }
  const days = nextDays(await loadShopCalendar(tx, subscription.merchantId), row)
  return {
    kind: 'resumed',
    detail: days.nextOn === null ? {} : { on: days.nextOn },
    columns: { status, endsOn, nextNominal, ...days },
  }
}

async function skip(
  tx: Kysely<Database>,
  subscription: Subscription,
  { number }: Of<'skip'>,
  today: BusinessDate,
): Promise<Done> {
  if (number === undefined) {
    const calendar = await loadShopCalendar(tx, subscription.merchantId)
    const { fallsOn, columns } = await passOver(tx, subscription, today, calendar)
    return { kind: 'skipped', detail: { number: String(subscription.nextNumber), on: fallsOn }, columns }
  }
  if (!(await skipUnsent(tx, subscription, number))) refuse([{ path: 'number', message: 'nothing unsent' }])
  return { kind: 'skipped', detail: { number: String(number) }, columns: {} }
}

async function change(
  tx: Kysely<Database>,
  subscription: Subscription,
  { change: changes }: Of<'change'>,
  today: BusinessDate,
): Promise<Done> {
  const columns = await changedColumns(tx, subscription, changes, today)
  return { kind: 'changed', detail: { fields: Object.keys(changes).join(',') }, columns }
}

/** At the end of the period: what was made up is still charged, and nothing follows. */
async function cancel(
  tx: Kysely<Database>,
  subscription: Subscription,
  { when }: Of<'cancel'>,
  today: BusinessDate,
): Promise<Done> {
  const nothing = { nextOn: null, nextGenerateOn: null }
  // One that rests has no period that runs.
  if (when === 'now' || subscription.status === 'paused') {
    await cancelUnsent(tx, subscription)
    return { kind: 'cancelled', columns: { status: 'ended', endsOn: today, endedOn: today, ...nothing } }
  }
  const { nextNominal, endsOn: before } = subscription
  const endsOn = before !== null && before < nextNominal ? before : nextNominal
  return { kind: 'cancel_planned', detail: { on: endsOn }, columns: { status: 'ending', endsOn, ...nothing } }
}
