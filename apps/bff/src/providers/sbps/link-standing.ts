/** Whether a purchase of the hosted page stands: the API's inquiry tells, where the contract has the API too. */
import { decodeApiResponse } from '@choba/wire/sbps/api-response.ts'
import { parseYen } from '@choba/shared/money.ts'
import type { Connection } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { HostedStanding } from '../hosted-page.ts'
import type { RawMessage } from '../port.ts'
import { askSbps, keysOf } from './client.ts'

const INQUIRY = { card: 'MG01-00101-101', convenience_store: 'MG01-00101-701' } as const
/** Not confirmed, so our OK has not reached it, or not yet (sbps-protocol 2.5). */
const NOT_COMMITTED = '0'
const CARD = { cancelled: '3', refunded: '4' } as const
const SLIP_CANCELLED = '9'

export const UNDONE_KIND = 'sbps_link_undone'

export async function linkStanding(
  connection: Connection,
  purchase: { readonly linkId: string; readonly method: string; readonly trackingId: string },
): Promise<HostedStanding> {
  const { linkId, method, trackingId } = purchase
  // What becomes of NP orders is learned from NP itself.
  if (method !== 'card' && method !== 'convenience_store') return { kind: 'unknown', cause: 'no inquiry' }
  const item = { operationId: `link:${linkId}`, payment: { providerId: trackingId } }
  const values = { tracking_id: trackingId, encrypted_flg: '1' }
  const reply = await askSbps(connection, item, INQUIRY[method], {
    ...values,
    ...(method === 'card' ? { response_info_type: '2' } : {}),
  })
  if (reply.kind !== 'ok') return { kind: 'unknown', cause: reply.kind === 'refused' ? reply.code : reply.cause }
  const info = reply.answer.methodInfo ?? {}
  if (undoneNews(method, info, reply.at) !== undefined) {
    const uniqueKey = `undone:${trackingId}:${info['payment_status'] ?? ''}`
    return {
      kind: 'undone',
      message: { ...reply.message, kind: UNDONE_KIND, uniqueKey, providerId: trackingId, context: { method } },
    }
  }
  if (method === 'card' && info['commit_status'] === NOT_COMMITTED) return { kind: 'unknown', cause: 'not committed' }
  return { kind: 'stands' }
}

/** The same answer when it is read as a kept message. Undefined when it is not one of a purchase that was undone. */
export function readUndone(
  connection: Connection,
  { body, saidAt, context }: Omit<RawMessage, 'uniqueKey'>,
): DatedNews[] | undefined {
  const decoded = decodeApiResponse(body, keysOf(connection), true)
  if (!decoded.ok) return undefined
  const news = undoneNews(String(context?.['method']), decoded.methodInfo ?? {}, saidAt)
  return news && [news]
}

/** The same digits mean other things for a slip than for a card. */
function undoneNews(method: string, info: Readonly<Record<string, string>>, at: string): DatedNews | undefined {
  const status = info['payment_status']
  if (method === 'convenience_store')
    return status === SLIP_CANCELLED ? { at, news: { kind: 'cancelled', by: 'provider' } } : undefined
  switch (status) {
    case CARD.cancelled:
      return { at, news: { kind: 'cancelled', by: 'provider' } }
    case CARD.refunded: {
      const totalYen = parseYen(info['refunded_amount'] ?? '')
      return totalYen === undefined ? undefined : { at, news: { kind: 'refunded', totalYen } }
    }
    default:
      return undefined
  }
}
