/** New terms for a subscription that runs: they hold from the first cycle whose order is not made up yet. */
import type { Kysely } from 'kysely'
import type { SubscriptionChange } from '@choba/shared/contracts/subscription-input.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { catchUp, dayInMonth, firstOn, type Rhythm } from '@choba/shared/subscriptions/schedule.ts'
import { loadShopCalendar } from '../../db/calendar.ts'
import type { Database } from '../../db/schema.ts'
import { columnsOf, nextDays, rhythmOf } from './plan.ts'
import type { Subscription } from './scheduler.queries.ts'
import { findOrderNumber } from './subscription.queries.ts'
import { agree, refuse } from './subscriptions.service.ts'
import type { Terms } from './terms.ts'

/** @throws AppError request.invalid, resource.not_found */
export async function changedColumns(
  tx: Kysely<Database>,
  subscription: Subscription,
  { customer, nextOn, ...given }: SubscriptionChange,
  today: BusinessDate,
): Promise<Partial<Omit<Subscription, 'delivery'>>> {
  const { merchantId, shopId, cardPaymentId } = subscription
  if (nextOn !== undefined && nextOn < today) refuse([{ path: 'nextOn', message: 'has gone by' }])
  const cardOrderNumber =
    cardPaymentId === null ? null : ((await findOrderNumber(tx, merchantId, cardPaymentId)) ?? null)
  const before: Terms = { ...subscription, rhythm: rhythmOf(subscription), cardOrderNumber }
  const { terms, connectionId } = await agree(tx, merchantId, shopId, merged(before, given))
  const nextNominal = nextOn ?? (given.rhythm ? movedTo(given.rhythm, subscription, today) : subscription.nextNominal)
  const rhythm = given.rhythm ? columnsOf(fixed(given.rhythm, nextNominal)) : columnsOf(before.rhythm)
  const row = { ...subscription, ...terms, ...rhythm, nextNominal }
  return {
    ...terms,
    ...rhythm,
    connectionId,
    nextNominal,
    ...nextDays(await loadShopCalendar(tx, merchantId), row),
    ...(customer !== undefined && { customer, customerName: customer.name }),
  }
}

/** What is not said stays; nothing is a thing to say. */
function merged(before: Terms, given: Readonly<Partial<Record<keyof Terms, unknown>>>): Terms {
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  // The contract's schema has checked each of them.
  return { ...before, ...(Object.fromEntries(said) as Partial<Terms>) }
}

/** The 31st stays the 31st although a short month comes between. */
function fixed(rhythm: Rhythm, on: BusinessDate): Rhythm {
  return rhythm.unit === 'month' && rhythm.day === null ? { ...rhythm, day: Number(on.slice(8)) } : rhythm
}

/**
 * Within months another day is another day of the same month, so that nobody pays twice in it, nor not at all. A
 * rhythm of another unit begins with its first day from the one that was due.
 */
function movedTo(rhythm: Rhythm, { rhythmUnit, nextNominal }: Subscription, today: BusinessDate): BusinessDate {
  const inMonth = rhythm.unit === 'month' && rhythmUnit === 'month'
  const moved = inMonth && rhythm.day !== null ? dayInMonth(nextNominal, rhythm.day) : firstOn(rhythm, nextNominal)
  return catchUp(fixed(rhythm, moved), moved, today)
}
