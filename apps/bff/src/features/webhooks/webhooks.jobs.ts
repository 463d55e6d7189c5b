/** Every few seconds: new events become deliveries, and what is due is sent. At least once; the receiver knows by the id. */
import { DELIVERY_PAUSES } from '@choba/shared/contracts/webhooks.ts'
import type { Clock } from '../../core/clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Db } from '../../db/client.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { collectSome } from './collect.ts'
import { type Attempt, dropOldDeliveries, type Due, leaseDue, noteAttempt } from './deliveries.queries.ts'
import { enqueuePump, PUMP_KEY } from './pump.ts'
import { attempt } from './send.ts'
import { sign, webhookContext } from './signature.ts'

export type WebhookJobsDeps = { readonly db: Db; readonly clock: Clock; readonly secrets: SecretBox }

const PUMP_EVERY_MS = 3_000
/** Starts the pump that then keeps itself going; old deliveries go at night in Tokyo. */
export const WEBHOOKS_CRONTAB = `* * * * * webhooks:pump ?jobKey=${PUMP_KEY}\n40 18 * * * webhooks:prune`

const AT_ONCE = 20
/** Longer than an attempt takes. */
const LEASE_MS = 60_000
const ROUNDS = 25
const KEPT_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

export function webhookJobs(deps: WebhookJobsDeps): TaskHandlers {
  return {
    'webhooks:pump': async () => {
      await pumpWebhooks(deps)
      await enqueuePump(deps.db.owner, PUMP_EVERY_MS)
    },
    'webhooks:prune': () => dropOldDeliveries(deps.db.owner, new Date(deps.clock.now().getTime() - KEPT_DAYS * DAY_MS)),
  }
}

/** One look. Ends after some rounds, so that a flood does not keep one job for ever. */
export async function pumpWebhooks(deps: WebhookJobsDeps): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const collected = await collectSome(deps.db.owner, deps.clock.now())
    const sent = await sendDue(deps)
    if (!collected && sent < AT_ONCE) return
  }
}

async function sendDue({ db, clock, secrets }: WebhookJobsDeps): Promise<number> {
  const now = clock.now()
  const due = await leaseDue(db.owner, { now, until: new Date(now.getTime() + LEASE_MS), limit: AT_ONCE })
  await Promise.all(
    due.map(async (delivery) => {
      const outcome = await deliver(secrets, delivery, clock.now())
      await noteAttempt(db.owner, delivery, outcome, nextOf(delivery, outcome, clock.now()))
    }),
  )
  return due.length
}

function deliver(secrets: SecretBox, delivery: Due, at: Date): Promise<Attempt> {
  const { merchantId, webhookId, deliveryId, url, payload, type } = delivery
  const secret = secrets.open(delivery.secretBox, webhookContext(merchantId, webhookId))
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Choba-Webhook/1',
    'Choba-Event': type,
    'Choba-Delivery': deliveryId,
    'Choba-Signature': sign(secret, payload, at),
  }
  return attempt(url, headers, payload)
}

function nextOf({ attempts }: Due, { ok }: Attempt, now: Date) {
  if (ok) return { state: 'delivered', nextAt: now, endedAt: now } as const
  const pause = DELIVERY_PAUSES[attempts]
  if (pause === undefined) return { state: 'failed', nextAt: now, endedAt: now } as const
  return { state: 'pending', nextAt: new Date(now.getTime() + pause * 60_000), endedAt: null } as const
}
