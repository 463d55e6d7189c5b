/**
 * The back office's voucher search (伝票検索) by order number: how a payment is found whose tracking id never reached us.
 * Its path and columns are not public: [assumed].
 */
import type { Connection } from '../../core/connection.ts'
import type { OperationItem } from '../port.ts'
import { send } from './client.ts'

export type Voucher =
  | { readonly kind: 'found'; readonly trackingId: string; readonly transactionId: string | null; readonly at: string }
  | { readonly kind: 'unknown'; readonly cause: string }
  | { readonly kind: 'not_done'; readonly cause: string }

type Row = { readonly tracking_id?: unknown; readonly transaction_id?: unknown; readonly order_rowno?: unknown }

export async function findVoucher(connection: Connection, item: OperationItem): Promise<Voucher> {
  const reply = await send(connection, {
    method: 'GET',
    path: `/portal/payments?order_id=${encodeURIComponent(item.payment.orderNumber)}`,
  })
  if (reply.kind !== 'answer') return { kind: 'unknown', cause: reply.cause }
  if (reply.status !== 200) return { kind: 'unknown', cause: `HTTP ${reply.status}` }
  const rows = readRows(reply.body)
  if (rows === undefined) return { kind: 'unknown', cause: 'unreadable voucher list' }
  const row = rows.find((each) => Number(each.order_rowno) === item.payment.orderBranch + 1)
  if (row === undefined) return { kind: 'not_done', cause: 'SBPS knows no such order' }
  return {
    kind: 'found',
    trackingId: String(row.tracking_id),
    transactionId: typeof row.transaction_id === 'string' ? row.transaction_id : null,
    at: reply.at,
  }
}

function readRows(body: Uint8Array): readonly Row[] | undefined {
  try {
    const { results } = JSON.parse(new TextDecoder().decode(body)) as { results?: unknown }
    return Array.isArray(results) ? (results as Row[]) : undefined
  } catch {
    return undefined
  }
}
