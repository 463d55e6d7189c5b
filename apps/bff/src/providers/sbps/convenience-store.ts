/** Convenience-store slips over the API type: issue, billing cancel, and finding out what became of them. */
import { addDays, businessDate, dayOf, jstCompact } from '@choba/shared/dates.ts'
import type { Connection } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { OperationItem, Outcome } from '../port.ts'
import { askSbps, type SbpsReply } from './client.ts'
import { orderFields, slipFields } from './order-fields.ts'
import { findVoucher } from './voucher.ts'

const ISSUE = 'ST01-00101-701'
const INQUIRY = 'MG01-00101-701'
/** The billing cancel's function id is not public: [assumed]. */
const BILLING_CANCEL = 'ST02-00303-701'
const CANCELLED = '9'
const DEFAULT_PAY_WITHIN_DAYS = 14

type SlipRequest = { readonly store?: string; readonly payWithinDays?: number }

export async function executeConvenienceStore(connection: Connection, item: OperationItem): Promise<Outcome> {
  switch (item.kind) {
    case 'register':
      return issue(connection, item)
    case 'cancel':
      return cancel(connection, item)
    // The new slip is a payment of its own, and asked for once this one can no longer be paid.
    case 'reissue':
    case 'change_amount':
      return item.payment.status === 'awaiting_payment'
        ? cancel(connection, item)
        : Promise.resolve({ kind: 'done', news: [], messages: [] })
    default:
      return { kind: 'refused', codes: ['operation.not_supported'], news: [], messages: [] }
  }
}

async function issue(connection: Connection, item: OperationItem): Promise<Outcome> {
  const slip = slipRequest(item)
  const orderedOn = dayOf(new Date(item.payment.orderedAt))
  // A later slip of the order is issued long after it came: the customer has its days from now.
  const from = item.payment.orderBranch > 0 && item.today > orderedOn ? item.today : orderedOn
  const payBy = addDays(from, slip.payWithinDays ?? DEFAULT_PAY_WITHIN_DAYS)
  const reply = await askSbps(connection, item, ISSUE, {
    ...orderFields(item),
    ...slipFields(item),
    webcvstype: slip.store ?? '',
    bill_date: payBy.replaceAll('-', ''),
    encrypted_flg: '1',
  })
  if (reply.kind === 'ok') return issuedOutcome(item, reply, reply.answer.trackingId ?? null)
  if (reply.kind !== 'refused') return reply
  const messages = reply.message === null ? [] : [reply.message]
  return {
    kind: 'refused',
    codes: [reply.code],
    news: [{ at: reply.at, news: { kind: 'refused', codes: [reply.code] } }],
    messages,
  }
}

async function cancel(connection: Connection, item: OperationItem): Promise<Outcome> {
  const reply = await askSbps(connection, item, BILLING_CANCEL, {
    tracking_id: item.payment.providerId ?? '',
    processing_datetime: jstCompact(new Date()),
  })
  if (reply.kind === 'ok') return { kind: 'done', news: [cancelled(reply.at)], messages: [reply.message] }
  if (reply.kind !== 'refused') return reply
  return { kind: 'refused', codes: [reply.code], news: [], messages: reply.message === null ? [] : [reply.message] }
}

export async function inquireConvenienceStore(connection: Connection, item: OperationItem): Promise<Outcome> {
  const endsNothing = item.kind === 'reissue' && item.payment.status !== 'awaiting_payment'
  if (endsNothing) return { kind: 'done', news: [], messages: [] }
  const found =
    item.payment.providerId === null
      ? await findVoucher(connection, item)
      : { kind: 'found' as const, trackingId: item.payment.providerId }
  if (found.kind !== 'found') return found
  const reply = await askSbps(connection, item, INQUIRY, { tracking_id: found.trackingId, encrypted_flg: '1' })
  if (reply.kind !== 'ok') return { kind: 'unknown', cause: reply.kind === 'refused' ? reply.code : reply.cause }
  if (item.kind === 'register') return issuedOutcome(item, reply, found.trackingId)
  const status = reply.answer.methodInfo?.['payment_status']
  if (status === CANCELLED) return { kind: 'done', news: [cancelled(reply.at)], messages: [reply.message] }
  return { kind: 'not_done', cause: `payment_status ${status ?? 'unknown'}` }
}

/** What the customer needs at the till: one or two numbers, or a page, by store (sbps-protocol 3). */
function issuedOutcome(
  item: OperationItem,
  reply: Extract<SbpsReply, { kind: 'ok' }>,
  trackingId: string | null,
): Outcome {
  const info = reply.answer.methodInfo ?? {}
  const billDate = /^(\d{4})(\d{2})(\d{2})/.exec(info['bill_date'] ?? '')
  if (trackingId === null || billDate === null)
    return { kind: 'unknown', cause: 'the slip came without a tracking id or a due date' }
  const news: DatedNews = {
    at: reply.at,
    news: {
      kind: 'slip_issued',
      providerId: trackingId,
      transactionId: reply.answer.transactionId ?? null,
      store: info['webcvstype'] ?? slipRequest(item).store ?? '',
      numbers: [info['cvs_pay_data1'], info['cvs_pay_data2']].filter(
        (number): number is string => number !== undefined && number !== '',
      ),
      payBy: businessDate(`${billDate[1]}-${billDate[2]}-${billDate[3]}`),
    },
  }
  return { kind: 'done', news: [news], messages: [reply.message] }
}

function cancelled(at: string): DatedNews {
  return { at, news: { kind: 'cancelled', by: 'merchant' } }
}

function slipRequest(item: OperationItem): SlipRequest {
  return (item.request['convenienceStore'] as SlipRequest | undefined) ?? {}
}
