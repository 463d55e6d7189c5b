/** What time does to links of all merchants: only the owner can ask. */
import { type Kysely, sql } from 'kysely'
import { LIVE_LINK_STATES } from '@choba/shared/states/payment-link.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'

/** Connections with links that may end, over all merchants. */
export function listLiveConnections(owner: Kysely<Database>): Promise<Array<{ connectionId: string }>> {
  return owner
    .selectFrom('paymentLink')
    .select('connectionId')
    .distinct()
    .where('state', 'in', [...LIVE_LINK_STATES])
    .execute()
}

/** Ends what was not paid in time. Served by payment_link_live. */
export async function expireLinks(owner: Kysely<Database>, connectionId: string, now: Date): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('paymentLink')
      .set({ state: 'expired' })
      .where('connectionId', '=', connectionId)
      .where('state', 'in', [...LIVE_LINK_STATES])
      .where('paymentId', 'is', null)
      .where('expiresAt', '<', now)
      .returning(['merchantId', 'linkId', 'expiresAt'])
      .execute()
    if (ended.length === 0) return
    await tx
      .insertInto('paymentLinkEvent')
      .values(
        ended.map(({ expiresAt, ...link }) => ({
          ...link,
          eventId: uuidv7(),
          at: expiresAt,
          kind: 'expired' as const,
        })),
      )
      .execute()
  })
}

/** An order that stood without its money goes where its payment went. Served by payment_link_ordered. */
export async function followPayments(owner: Kysely<Database>): Promise<void> {
  await sql`
    update payment_link l set state = case
          when p.status in ('cancelled', 'withdrawn') then 'cancelled'
          when p.status = 'expired' then 'expired'
          when p.status in ('rejected', 'failed') then 'failed'
          else 'paid' end
      from payment p where p.merchant_id = l.merchant_id and p.payment_id = l.payment_id and l.state = 'ordered'
        and p.status not in ('registered', 'in_review', 'on_hold', 'awaiting_payment')`.execute(owner)
}
