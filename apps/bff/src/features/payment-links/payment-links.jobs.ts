/** Every minute: links whose time is over end by their provider's clock, and those that wait follow their payments. */
import type { Db } from '../../db/client.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { expireLinks, followPayments, listLiveConnections } from './sweep.queries.ts'

export const PAYMENT_LINK_CRONTAB = '* * * * * payment-links:sweep'

export function paymentLinkJobs({
  db,
  providerClocks,
}: {
  readonly db: Db
  readonly providerClocks: ProviderClocks
}): TaskHandlers {
  return {
    'payment-links:sweep': async () => {
      for (const { connectionId } of await listLiveConnections(db.owner))
        await expireLinks(db.owner, connectionId, providerClocks.now(connectionId))
      await followPayments(db.owner)
    },
  }
}
