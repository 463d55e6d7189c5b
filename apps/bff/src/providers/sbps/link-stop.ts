/** Stopping what SBPS charges each month by itself. */
import type { Connection } from '../../core/connection.ts'
import type { HostedStop } from '../hosted-page.ts'
import { askSbps, typeOf } from './client.ts'

const STOP = 'ST02-00302-101'
const STOPPED_ALREADY = '57'

export async function stopSimple(
  connection: Connection,
  { subscriptionId, trackingId }: { readonly subscriptionId: string; readonly trackingId: string },
): Promise<HostedStop> {
  const item = { operationId: `stop:${subscriptionId}`, payment: { providerId: trackingId } }
  const reply = await askSbps(connection, item, STOP, { tracking_id: trackingId })
  if (reply.kind === 'ok') return { kind: 'stopped', at: reply.at }
  if (reply.kind !== 'refused') return { kind: 'unknown', cause: reply.cause }
  return typeOf(reply.code) === STOPPED_ALREADY
    ? { kind: 'stopped', at: reply.at }
    : { kind: 'refused', code: reply.code }
}
