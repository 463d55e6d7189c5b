/** What is due by the provider's day: orders are made up, ended subscriptions end, cycles begin to be charged. */
import type { Kysely } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { following, stepsOf } from '@choba/shared/subscriptions/schedule.ts'
import type { Actor } from '../../core/actor.ts'
import type { Database } from '../../db/schema.ts'
import { type Calendar, rollDay } from '../../domain/calendar.ts'
import { cancelUnsent } from './actions.queries.ts'
import { insertAttempt, setEarlierAside } from './attempts.queries.ts'
import { nextDays, orderNumberOf, rhythmOf } from './plan.ts'
import {
  addEvent,
  type At,
  type Cycle,
  type DueCycle,
  insertCycle,
  saveCycle,
  saveSubscription,
  type Subscription,
  takeDueCycles,
  takeDueSubscriptions,
  takeOver,
} from './scheduler.queries.ts'

export const SCHEDULER: Actor = { kind: 'job', id: 'subscriptions' }
/** For one transaction. */
const AT_ONCE = 200

/** Makes up every order that is due; after a long standstill one subscription may have several. */
export async function generateDue(db: Kysely<Database>, at: At, calendar: Calendar): Promise<number> {
  let made = 0
  for (;;) {
    const taken = await db.transaction().execute(async (tx) => {
      const due = await takeDueSubscriptions(tx, at, AT_ONCE)
      for (const subscription of due) await generate(tx, subscription, at.today, calendar)
      return due.length
    })
    made += taken
    if (taken === 0) return made
  }
}

async function generate(
  tx: Kysely<Database>,
  subscription: Subscription,
  today: BusinessDate,
  calendar: Calendar,
): Promise<void> {
  const isMetered = subscription.kind === 'metered'
  const amountYen = isMetered ? null : subscription.amountYen
  const fallsOn = rollDay(calendar, subscription.nextNominal, subscription.roll)
  await makeUp(tx, subscription, {
    generatedOn: today,
    fallsOn,
    state: isMetered ? 'awaiting_usage' : 'generated',
    amountYen,
  })
  await saveSubscription(tx, subscription, advanced(subscription, calendar))
}

/** The next cycle is left out: it stands in the history, and is never charged. Answers the row as it goes on. */
export async function passOver(
  tx: Kysely<Database>,
  subscription: Subscription,
  today: BusinessDate,
  calendar: Calendar,
) {
  const { amountYen } = subscription
  const fallsOn = rollDay(calendar, subscription.nextNominal, subscription.roll)
  await makeUp(tx, subscription, { generatedOn: today, fallsOn, state: 'skipped', amountYen })
  return { fallsOn, columns: advanced(subscription, calendar) }
}

async function makeUp(
  tx: Kysely<Database>,
  subscription: Subscription,
  as: Pick<Cycle, 'generatedOn' | 'fallsOn' | 'state' | 'amountYen'>,
): Promise<void> {
  const { merchantId, subscriptionId, nextNumber, method, goods, meter } = subscription
  const { chargeOn } = stepsOf(subscription, as.fallsOn)
  await insertCycle(tx, { merchantId, subscriptionId, number: nextNumber, method, goods, meter, chargeOn, ...as })
}

/** The row as it stands after its next cycle. */
function advanced(subscription: Subscription, calendar: Calendar) {
  const nextNominal = following(rhythmOf(subscription), subscription.nextNominal)
  const days = nextDays(calendar, { ...subscription, nextNominal })
  return { nextNumber: subscription.nextNumber + 1, nextNominal, ...days }
}

/** Subscriptions whose last day has come, and of which nothing is under way. */
export async function endOver(db: Kysely<Database>, at: At, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const subscription of await takeOver(tx, at)) {
      const { merchantId, subscriptionId, endsOn } = subscription
      await saveSubscription(tx, subscription, {
        status: 'ended',
        endedOn: endsOn,
        nextOn: null,
        nextGenerateOn: null,
      })
      // Only one that rests still has cycles that nobody sent.
      await cancelUnsent(tx, subscription)
      await addEvent(tx, { merchantId, subscriptionId, at: now, kind: 'ended', actor: SCHEDULER })
    }
  })
}

/** A try is written down before anything is sent: its order number stands, so whoever sends it twice sends the same order. */
export async function beginDue(db: Kysely<Database>, at: At): Promise<number> {
  let begun = 0
  for (;;) {
    const taken = await db.transaction().execute(async (tx) => {
      const due = await takeDueCycles(tx, at, AT_ONCE)
      for (const cycle of due) await begin(tx, cycle, at)
      return due.length
    })
    begun += taken
    if (taken === 0) return begun
  }
}

async function begin(tx: Kysely<Database>, cycle: DueCycle, at: At): Promise<void> {
  const { merchantId, subscriptionId, number, method, code } = cycle
  // Nothing was used: there is nothing to charge.
  if (cycle.amountYen === 0) return saveCycle(tx, cycle, { state: 'skipped', dueOn: null })
  const attempt = cycle.attempts + 1
  await saveCycle(tx, cycle, { state: 'charging', dueOn: null, attempts: attempt })
  if (attempt > 1) await setEarlierAside(tx, cycle, SCHEDULER.id)
  const orderNumber = orderNumberOf(code, number, attempt)
  await insertAttempt(tx, { merchantId, subscriptionId, number, attempt, method, orderNumber, askedOn: at.today })
}
