/** Months that the provider charges by itself: a cycle each, and a try for each result it reports. */
import type { Kysely } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'
import type { Cycle, CycleChange, Subscription } from './scheduler.queries.ts'

type Key = Pick<Subscription, 'merchantId' | 'subscriptionId'>

export function findMonth(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  number: number,
): Promise<Pick<Cycle, 'state' | 'attempts' | 'failedFirst'> | undefined> {
  return tx
    .selectFrom('subscriptionCycle')
    .select(['state', 'attempts', 'failedFirst'])
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** Nothing is ever due: the provider does it. */
export async function saveMonth(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  number: number,
  change: CycleChange,
): Promise<void> {
  await tx
    .updateTable('subscriptionCycle')
    .set({ ...change, dueOn: null })
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('number', '=', number)
    .execute()
}

export async function insertMonthAttempt(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  {
    number,
    attempt,
    orderNumber,
    on,
    outcome,
  }: {
    readonly number: number
    readonly attempt: number
    readonly orderNumber: string
    readonly on: BusinessDate
    readonly outcome: { readonly kind: string; readonly paymentId?: string; readonly code?: string }
  },
): Promise<void> {
  await tx
    .insertInto('subscriptionAttempt')
    .values({
      merchantId,
      subscriptionId,
      number,
      attempt,
      method: 'card',
      // A refused month has no order of its own; what it is told by is unique.
      orderNumber: outcome.kind === 'charged' ? orderNumber : `${orderNumber}!${attempt}`,
      paymentId: outcome.paymentId ?? null,
      outcome: outcome.kind === 'charged' ? 'charged' : 'failed',
      askedOn: on,
      endedOn: on,
      codes: outcome.code ? [outcome.code] : [],
    })
    .execute()
}
