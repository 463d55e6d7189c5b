/** What a person's act changes in the rows of one subscription. */
import type { Kysely } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { UNSENT } from '@choba/shared/states/subscription.ts'
import type { Database } from '../../db/schema.ts'
import type { Subscription } from './scheduler.queries.ts'

type Key = Pick<Subscription, 'merchantId' | 'subscriptionId'>

/** By subscription_event_key. */
export function findActByKey(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  key: string,
): Promise<{ readonly requestHash: string | null } | undefined> {
  return tx
    .selectFrom('subscriptionEvent')
    .select('requestHash')
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('idempotencyKey', '=', key)
    .executeTakeFirst()
}

export async function updateTerms(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  { customer, goods, meter, ...columns }: Partial<Omit<Subscription, 'delivery'>>,
): Promise<void> {
  if (Object.keys(columns).length === 0) return
  await tx
    .updateTable('subscription')
    .set({
      ...columns,
      ...(customer !== undefined && { customer: JSON.stringify(customer) }),
      ...(goods !== undefined && { goods: JSON.stringify(goods) }),
      ...(meter !== undefined && { meter: meter === null ? null : JSON.stringify(meter) }),
    })
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .execute()
}

/** False when it was sent meanwhile, or there is no such cycle. */
export async function skipUnsent(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  number: number,
): Promise<boolean> {
  const row = await tx
    .updateTable('subscriptionCycle')
    .set({ state: 'skipped', dueOn: null })
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('number', '=', number)
    .where('state', 'in', UNSENT)
    .returning('number')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Orders that were made up before a rest, and whose day went by in it, are not charged after all. What was used before
 * it still is, and what failed before it is still tried again.
 */
export async function skipMissed(
  tx: Kysely<Database>,
  { merchantId, subscriptionId }: Key,
  today: BusinessDate,
): Promise<void> {
  await tx
    .updateTable('subscriptionCycle')
    .set({ state: 'skipped', dueOn: null })
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('state', '=', 'generated')
    .where('meter', 'is', null)
    .where('chargeOn', '<', today)
    .execute()
}

/** What nobody has sent to a provider yet is not charged any more. */
export async function cancelUnsent(tx: Kysely<Database>, { merchantId, subscriptionId }: Key): Promise<void> {
  await tx
    .updateTable('subscriptionCycle')
    .set({ state: 'cancelled', dueOn: null })
    .where('merchantId', '=', merchantId)
    .where('subscriptionId', '=', subscriptionId)
    .where('state', 'in', UNSENT)
    .execute()
}
