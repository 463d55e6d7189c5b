import type { Output } from '@choba/shared/contract.ts'
import type { work } from '@choba/shared/contracts/connections.ts'
import type { Session } from '../../core/session.ts'
import { type Db, readonly } from '../../db/client.ts'
import { pollFailureOf } from '../../core/poll-failure.ts'
import { countJobs, countMessages, countOperations, listPolled } from './work.queries.ts'

export type WorkDeps = { readonly db: Db }

export async function getWork({ db }: WorkDeps, { merchantId }: Session): Promise<Output<typeof work.get>> {
  const scoped = readonly(db.merchant(merchantId))
  const [operations, messages, queuedJobs, polled] = await Promise.all([
    countOperations(scoped, merchantId),
    countMessages(scoped, merchantId),
    countJobs(db.owner),
    listPolled(scoped, merchantId),
  ])
  return {
    openOperations: operations.open,
    unknownOperations: operations.unknown,
    queuedMessages: messages.queued,
    waitingApprovals: operations.requested,
    waitingMessages: messages.waiting,
    queuedJobs,
    connections: polled.map(({ answeredAt, failingSince, nextAt, failedBecause, failures, ...connection }) => ({
      ...connection,
      failures: failures ?? 0,
      answeredAt: answeredAt?.toISOString() ?? null,
      failingSince: failingSince?.toISOString() ?? null,
      why: failedBecause === null ? null : pollFailureOf(failedBecause),
      cause: failedBecause,
      nextAt: nextAt?.toISOString() ?? null,
    })),
  }
}
