/** Asking providers for news, again and again: NP pushes nothing, and no provider pushes statements. */
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
import { ProviderUnreachable, type ProviderRegistry, type RawMessage } from '../../providers/port.ts'
import {
  findPollState,
  listKnownStatements,
  listOpenPayments,
  listOverdueConnections,
  savePollState,
} from './connections.queries.ts'
import { pollJob } from './connections.service.ts'
import { pauseAfter, type Round } from './poll-due.queries.ts'

export type ConnectionJobsDeps = {
  readonly db: Db
  readonly log: Log
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
}
type Target = { readonly merchantId: string; readonly connectionId: string; readonly all?: boolean }

export const CONNECTIONS_CRONTAB = '* * * * * connections:schedule'
const DEFAULT_POLL_SECONDS = 120
/** A poll that is planned but has not begun so long after its time was lost with its process. */
const LOST_AFTER_MS = 60_000
/** More than the network's doing: the clock of a sandbox was moved. */
const CLOCK_JUMP_MS = 10 * 60_000

export function connectionJobs(deps: ConnectionJobsDeps): TaskHandlers {
  return {
    // A poll plans the next one; this picks the thread up again wherever it broke.
    'connections:schedule': async () => {
      const targets = await listOverdueConnections(deps.db.owner, new Date(Date.now() - LOST_AFTER_MS))
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
  const before = await findPollState(db, merchantId, connectionId)
  const known = await listKnownStatements(db, merchantId, connectionId)
  const ask = async (round: Round) =>
    adapter.poll(connection, await listOpenPayments(db, merchantId, connectionId, round), known)
  let now = deps.providerClocks.now(connectionId)
  let failedBecause: string | null = null
  const messages: RawMessage[] = []
  try {
    messages.push(...(await ask({ now, askedAt: target.all ? null : before.askedAt })))
    const heard = deps.providerClocks.now(connectionId)
    // The answer told of a clock that has run ahead: what has come due by it is asked at once.
    if (heard.getTime() - now.getTime() > CLOCK_JUMP_MS) {
      messages.push(...(await ask({ now: heard, askedAt: target.all ? null : now })))
      now = heard
    }
  } catch (error) {
    if (error instanceof ProviderUnreachable) {
      deps.log.warn({ connectionId, cause: error.message }, 'a provider does not answer; asking again later')
      failedBecause = error.message
    } else {
      // Whoever waits for news must see that none comes; what is wrong stands in the log.
      deps.log.error({ err: error, connectionId }, 'a provider cannot be asked; trying again later')
      failedBecause = 'internal'
    }
  }
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
    // What was not answered is still due in the next round.
    const failures = failedBecause === null ? 0 : before.failures + 1
    const pollMs = numberSetting(connection, 'pollSeconds', DEFAULT_POLL_SECONDS) * 1000
    const at = new Date()
    const nextAt = new Date(at.getTime() + pauseAfter(failures, pollMs))
    const told =
      failedBecause === null
        ? { askedAt: now, answeredAt: at, failingSince: null }
        : { askedAt: before.askedAt, answeredAt: before.answeredAt, failingSince: before.failingSince ?? at }
    await savePollState(tx, merchantId, connectionId, { ...told, failures, failedBecause, nextAt })
    await enqueueMany(tx, 'connections:poll', [pollJob({ merchantId, connectionId }, nextAt)])
  })
}
