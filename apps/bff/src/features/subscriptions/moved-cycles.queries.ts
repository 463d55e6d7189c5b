import { type Kysely, sql } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Database } from '../../db/schema.ts'
import type { Subscription } from './scheduler.queries.ts'

/** Locked until the transaction ends. The few that fall near a changed day of all that run. */
export function takeNominalBetween(
  tx: Kysely<Database>,
  merchantId: string,
  { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
): Promise<Subscription[]> {
  return tx
    .selectFrom('subscription')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('nextGenerateOn', 'is not', null)
    .where('nextNominal', '>=', from)
    .where('nextNominal', '<=', to)
    .orderBy('subscriptionId')
    .forUpdate()
    .execute()
}

type Moved = Pick<Subscription, 'subscriptionId' | 'nextOn' | 'nextGenerateOn'>

export async function saveNextDays(tx: Kysely<Database>, merchantId: string, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update subscription s set next_on = m.next_on, next_generate_on = m.next_generate_on
      from unnest(${moved.map((each) => each.subscriptionId)}::uuid[], ${moved.map((each) => each.nextOn)}::date[],
        ${moved.map((each) => each.nextGenerateOn)}::date[]) m(subscription_id, next_on, next_generate_on)
      where s.merchant_id = ${merchantId}::uuid and s.subscription_id = m.subscription_id`.execute(tx)
}
