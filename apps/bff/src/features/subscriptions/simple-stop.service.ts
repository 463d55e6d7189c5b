/** Has the provider charge no more. Asked again until it has said so; a second time is as good as the first. */
import { dayOf } from '@choba/shared/dates.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Db } from '../../db/client.ts'
import { findConnection } from '../../db/connections.ts'
import type { TaskPayload } from '../../jobs/tasks.ts'
import type { ProviderRegistry } from '../../providers/port.ts'
import { addEvent, saveSubscription } from './scheduler.queries.ts'
import { endSimple } from './simple.service.ts'
import { findSubscription } from './subscription.queries.ts'

export type StopDeps = {
  readonly db: Db
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
}

/** @throws Error when the provider did not answer: the job is taken up again */
export async function stopSimple(
  deps: StopDeps,
  { merchantId, subscriptionId }: TaskPayload<'subscriptions:stop'>,
): Promise<void> {
  const db = deps.db.merchant(merchantId)
  const subscription = await findSubscription(db, merchantId, subscriptionId)
  if (subscription?.trackingId == null || subscription.status === 'ended') return
  const { connectionId, trackingId } = subscription
  const connection = await findConnection(db, deps, merchantId, connectionId)
  const page = connection && deps.providers[connection.provider]?.hostedPage
  if (connection === undefined || page === undefined) return
  const said = await page.stop(connection, { subscriptionId, trackingId })
  if (said.kind === 'unknown') throw new Error(`the stop of ${subscriptionId} went unanswered: ${said.cause}`)
  const at = deps.providerClocks.now(connectionId)
  await db.transaction().execute(async (tx) => {
    if (said.kind === 'stopped') return endSimple(tx, { merchantId, subscriptionId, on: dayOf(at), at })
    // It goes on at the provider, and somebody has to see to it there.
    const { agreedEndsOn, nextNominal } = subscription
    const nextOn = agreedEndsOn !== null && nextNominal >= agreedEndsOn ? null : nextNominal
    await saveSubscription(tx, subscription, { status: 'active', endsOn: agreedEndsOn, nextOn })
    const actor = { kind: 'provider', id: connection.provider } as const
    await addEvent(tx, { merchantId, subscriptionId, at, kind: 'stop_refused', detail: { codes: said.code }, actor })
  })
}
