/** Asking providers for news, again and again: NP pushes nothing, and no provider pushes statements. */
import { dayOf } from '@choba/shared/dates.ts'
import type { Log } from '../../core/log.ts'
import { numberSetting } from '../../core/connection.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Db } from '../../db/client.ts'
import { findConnection } from '../../db/connections.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { enqueueMany } from '../../jobs/enqueue.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { keepMessages } from '../../ledger/inbox.ts'
import { ProviderUnreachable, type ProviderRegistry } from '../../providers/port.ts'
import { listAllConnections, listKnownStatements, listOpenPayments } from './connections.queries.ts'
import { pollJob } from './connections.service.ts'

export type ConnectionJobsDeps = {
  readonly db: Db
  readonly log: Log
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
}
type Target = { readonly merchantId: string; readonly connectionId: string }

export const CONNECTIONS_CRONTAB = '* * * * * connections:schedule'
const DEFAULT_POLL_SECONDS = 120

export function connectionJobs(deps: ConnectionJobsDeps): TaskHandlers {
  return {
    // A poll plans the next one; this picks the thread up again wherever it broke.
    'connections:schedule': async () => {
      const targets = await listAllConnections(deps.db.owner)
      await enqueueMany(
        deps.db.owner,
        'connections:poll',
        targets.map((target) => pollJob(target)),
      )
    },
    'connections:poll': (target) => poll(deps, target),
  }
}

async function poll(deps: ConnectionJobsDeps, target: Target): Promise<void> {
  const { merchantId, connectionId } = target
  const db = deps.db.merchant(merchantId)
  const connection = await findConnection(db, deps, merchantId, connectionId)
  const adapter = connection && deps.providers[connection.provider]
  if (connection === undefined || adapter === undefined) return
  const open = await listOpenPayments(db, merchantId, connectionId, dayOf(deps.providerClocks.now(connectionId)))
  const known = await listKnownStatements(db, merchantId, connectionId)
  const messages = await adapter.poll(connection, open, known).catch((error: unknown) => {
    if (!(error instanceof ProviderUnreachable)) throw error
    deps.log.warn({ connectionId, cause: error.message }, 'a provider does not answer; asking again later')
    return []
  })
  await db.transaction().execute(async (tx) => {
    const { provider } = connection
    const kept = await keepMessages(
      tx,
      merchantId,
      messages.map((message) => ({
        ...message,
        connectionId,
        provider,
        direction: 'inbound' as const,
        state: 'received' as const,
      })),
    )
    if (kept.length > 0) await enqueueApply(tx, merchantId)
    const pauseMs = numberSetting(connection, 'pollSeconds', DEFAULT_POLL_SECONDS) * 1000
    await enqueueMany(tx, 'connections:poll', [pollJob(target, new Date(Date.now() + pauseMs))])
  })
}
