/** Every minute: links whose time is over end by their provider's clock, and those that wait follow their payments. */
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { askStanding } from './link-doubt.service.ts'
import type { LinkDeps } from './payment-links.service.ts'
import { expireLinks, followPayments, listLiveConnections } from './sweep.queries.ts'

export const PAYMENT_LINK_CRONTAB = '* * * * * payment-links:sweep'

export function paymentLinkJobs(deps: LinkDeps): TaskHandlers {
  const { db, providerClocks } = deps
  return {
    'payment-links:ask': (payload) => askStanding(deps, payload),
    'payment-links:sweep': async () => {
      for (const { connectionId } of await listLiveConnections(db.owner))
        await expireLinks(db.owner, connectionId, providerClocks.now(connectionId))
      await followPayments(db.owner)
    },
  }
}
