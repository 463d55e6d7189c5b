import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { enqueueMany } from '../../jobs/enqueue.ts'
import { listConnectionIds } from '../../db/connection-ids.ts'

export type ConnectionsDeps = { readonly db: Db }
type PollTarget = {
  readonly merchantId: string
  readonly connectionId: string
  /** Also about payments that are not due yet. */
  readonly all?: boolean
}

/** One poll of a connection is planned at a time: a new plan replaces the old. Two that run at once only ask twice. */
export function pollJob(target: PollTarget, runAt?: Date) {
  const { merchantId, connectionId, all } = target
  return {
    payload: { merchantId, connectionId, ...(all && { all }) },
    jobKey: `poll:${connectionId}`,
    ...(runAt && { runAt }),
  }
}

/** Asks every provider about everything, now instead of at the next round. */
export async function syncConnections({ db }: ConnectionsDeps, { merchantId }: Session): Promise<{ jobs: number }> {
  const scoped = db.merchant(merchantId)
  const connections = await listConnectionIds(scoped, merchantId)
  await enqueueMany(
    scoped,
    'connections:poll',
    connections.map((connectionId) => pollJob({ merchantId, connectionId, all: true })),
  )
  return { jobs: connections.length }
}
