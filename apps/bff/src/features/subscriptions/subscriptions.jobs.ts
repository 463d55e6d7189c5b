/** Subscriptions run by the clock of their provider: a moved sandbox clock moves them. Every step may be repeated. */
import { loadShopCalendar } from '../../db/calendar.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { enqueueMany } from '../../jobs/enqueue.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { followPayments, sendUnsent, type TakeOrders } from './charging.service.ts'
import { jobOf, runSoon } from './run-soon.ts'
import { listClocks, listMerchants } from './scheduler.queries.ts'
import { stopSimple, type StopDeps } from './simple-stop.service.ts'
import { beginDue, endOver, generateDue } from './scheduler.service.ts'

export type SubscriptionJobsDeps = StopDeps & {
  readonly takeOrders: TakeOrders
}

export const SUBSCRIPTIONS_CRONTAB = '* * * * * subscriptions:schedule'
/** After orders were sent their answers are looked at; the minute's run comes too late for somebody who watches. */
const LOOK_AGAIN_MS = 5_000

export function subscriptionJobs(deps: SubscriptionJobsDeps): TaskHandlers {
  return {
    'subscriptions:schedule': async () => {
      const merchants = await listMerchants(deps.db.owner)
      await enqueueMany(
        deps.db.owner,
        'subscriptions:run',
        merchants.map((merchantId) => jobOf(merchantId)),
      )
    },
    'subscriptions:stop': (payload) => stopSimple(deps, payload),
    'subscriptions:run': ({ merchantId }) => run(deps, merchantId),
  }
}

async function run({ db: { merchant }, providerClocks, takeOrders }: SubscriptionJobsDeps, merchantId: string) {
  const db = merchant(merchantId)
  const calendar = await loadShopCalendar(db, merchantId)
  let sent = 0
  for (const connectionId of await listClocks(db, merchantId)) {
    const now = providerClocks.now(connectionId)
    const at = { merchantId, connectionId, today: dayOf(now) }
    await followPayments(db, at, now)
    await generateDue(db, at, calendar)
    await endOver(db, at, now)
    await beginDue(db, at)
    sent += await sendUnsent(db, at, now, takeOrders)
  }
  if (sent > 0) await runSoon(db, merchantId, LOOK_AGAIN_MS)
}
