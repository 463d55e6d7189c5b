import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { enqueueMany } from '../../jobs/enqueue.ts'
import { listConnectionIds } from './connections.queries.ts'

export type ConnectionsDeps = { readonly db: Db }

/** One poll of a connection is planned at a time: a new plan replaces the old. Two that run at once only ask twice. */
export function pollJob(target: { readonly merchantId: string; readonly connectionId: string }, runAt?: Date) {
  const { merchantId, connectionId } = target
  return {
    payload: { merchantId, connectionId },
    jobKey: `poll:${connectionId}`,
    ...(runAt && { runAt }),
  }
}

/** Asks every provider now instead of at the next round. */
export async function syncConnections({ db }: ConnectionsDeps, { merchantId }: Session): Promise<{ jobs: number }> {
  const scoped = db.merchant(merchantId)
  const connections = await listConnectionIds(scoped, merchantId)
  await enqueueMany(
    scoped,
    'connections:poll',
    connections.map(({ connectionId }) => pollJob({ merchantId, connectionId })),
  )
  return { jobs: connections.length }
}
