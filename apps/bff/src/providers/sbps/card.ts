/** Card payments over the API type: authorize and confirm, capture, cancel, refund, and finding out what became of them. */
import { jstCompact } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { type Connection, textSetting } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { OnStep, OperationItem, Outcome, RawMessage } from '../port.ts'
import { askSbps, type SbpsReply, typeOf } from './client.ts'
import { orderFields } from './order-fields.ts'
import { findVoucher } from './voucher.ts'

const AUTHORIZE = 'ST01-00131-101'
/** Again on the card of an earlier payment, by its tracking id. */
const AUTHORIZE_AGAIN = 'ST01-00133-101'
const CONFIRM = 'ST02-00101-101'
const CAPTURE = 'ST02-00201-101'
const CANCEL_OR_REFUND = 'ST02-00303-101'
const REFUND_PART = 'ST02-00307-101'
const INQUIRY = 'MG01-00101-101'

/** Answers that say it was done before, so an inquiry tells what stands (sbps-protocol 2.6, 2.7). */
const DONE_BEFORE: readonly string[] = ['40', '41', '45', '46', '52', '60', '96', '97']

type Authorized = {
  readonly trackingId: string
  readonly transactionId: string | null
  readonly brand: string | null
  readonly at: string
}
type CardRequest = {
  readonly token?: string
  readonly tokenKey?: string
  readonly trackingId?: string
  readonly capture?: 'automatic' | 'specified'
}

export async function executeCard(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  const outcome = await executeOnce(connection, item, onStep)
  const again = outcome.kind === 'refused' && outcome.codes.some((code) => DONE_BEFORE.includes(typeOf(code)))
  if (!again) return outcome
  const found = await inquireCard(connection, item, onStep)
  return found.kind === 'done' ? found : outcome
}

function executeOnce(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  switch (item.kind) {
    case 'register':
      return register(connection, item, onStep)
    case 'capture':
      return capture(connection, item)
    case 'cancel':
      return cancel(connection, item)
    case 'refund':
      return refund(connection, item)
    // The new authorization is a payment of its own, and asked for with that.
    case 'reauthorize':
      return Promise.resolve({ kind: 'done', news: [], messages: [] })
    default:
      return Promise.resolve({ kind: 'refused', codes: ['operation.not_supported'], news: [], messages: [] })
  }
}

async function register(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  const { token, tokenKey, trackingId } = cardRequest(item)
  const reply = await askSbps(connection, item, trackingId === undefined ? AUTHORIZE : AUTHORIZE_AGAIN, {
    ...(trackingId === undefined ? {} : { tracking_id: trackingId }),
    ...orderFields(item),
    sps_cust_info_return_flg: '0',
    dealings_type: '10',
    ...(token && tokenKey ? { token, token_key: tokenKey } : {}),
    cardbrand_return_flg: '1',
    encrypted_flg: '1',
  })
  if (reply.kind === 'refused') return refusedRegistration(reply)
  if (reply.kind !== 'ok') return reply
  const { answer } = reply
  if (answer.trackingId === undefined) return { kind: 'unknown', cause: 'the authorization came without a tracking id' }
  const authorized = {
    trackingId: answer.trackingId,
    transactionId: answer.transactionId ?? null,
    brand: answer.methodInfo?.['cardbrand_code'] ?? null,
    at: reply.at,
  }
  await onStep(item.operationId, { authorized }, [reply.message])
  return confirm(connection, item, authorized)
}

/** An authorization counts once it is confirmed; with automatic sales that is the capture too. */
async function confirm(connection: Connection, item: OperationItem, authorized: Authorized): Promise<Outcome> {
  const reply = await askSbps(connection, withId(item, authorized), CONFIRM, idFields(authorized.trackingId))
  if (reply.kind === 'refused' && typeOf(reply.code) !== '60') return refusedRegistration(reply)
  if (reply.kind !== 'ok' && reply.kind !== 'refused') return { kind: 'unknown', cause: reply.cause }
  const news = [authorizedNews(authorized)]
  const messages = reply.message === null ? [] : [reply.message]
  if (textSetting(connection, 'cardSales') === 'automatic')
    return { kind: 'done', news: [...news, capturedNews(reply.at, item.payment.amountYen)], messages }
  if (cardRequest(item).capture !== 'automatic') return { kind: 'done', news, messages }
  const captured = await askSbps(connection, withId(item, authorized), CAPTURE, {
    ...idFields(authorized.trackingId),
    amount: String(item.payment.amountYen),
  })
  // The authorization stands whatever became of the capture; a person can capture again.
  if (captured.kind !== 'ok') return { kind: 'done', news, messages }
  return {
    kind: 'done',
    news: [...news, capturedNews(captured.at, item.payment.amountYen)],
    messages: [...messages, captured.message],
  }
}

async function capture(connection: Connection, item: OperationItem): Promise<Outcome> {
  const amountYen = item.amountYen ?? item.payment.amountYen
  const reply = await askSbps(connection, item, CAPTURE, {
    ...idFields(item.payment.providerId),
    amount: String(amountYen),
  })
  return outcomeOf(reply, (at) => [capturedNews(at, amountYen)])
}

async function cancel(connection: Connection, item: OperationItem): Promise<Outcome> {
  const reply = await askSbps(connection, item, CANCEL_OR_REFUND, idFields(item.payment.providerId))
  return outcomeOf(reply, (at) => [{ at, news: { kind: 'cancelled', by: 'merchant' } }])
}

async function refund(connection: Connection, item: OperationItem): Promise<Outcome> {
  const amountYen = item.amountYen ?? item.payment.capturedYen - item.payment.refundedYen
  const whole = item.payment.refundedYen === 0 && amountYen === item.payment.capturedYen
  const reply = whole
    ? await askSbps(connection, item, CANCEL_OR_REFUND, idFields(item.payment.providerId))
    : await askSbps(connection, item, REFUND_PART, {
        ...idFields(item.payment.providerId),
        amount: String(amountYen),
        refund_rowno: String(item.refundsBefore + 1),
      })
  return outcomeOf(reply, (at) => [
    { at, news: { kind: 'refunded', totalYen: yen(item.payment.refundedYen + amountYen) } },
  ])
}

/** Looks up what stands at SBPS. An authorization whose answer was lost is found by its order number. */
export async function inquireCard(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  if (item.kind === 'register') return resumeRegistration(connection, item, onStep)
  if (item.kind === 'reauthorize') return { kind: 'done', news: [], messages: [] }
  const reply = await askSbps(connection, item, INQUIRY, {
    tracking_id: item.payment.providerId ?? '',
    response_info_type: '2',
    encrypted_flg: '1',
  })
  if (reply.kind !== 'ok') return { kind: 'unknown', cause: reply.kind === 'refused' ? reply.code : reply.cause }
  const info = reply.answer.methodInfo ?? {}
  const done = (news: DatedNews): Outcome => ({ kind: 'done', news: [news], messages: [reply.message] })
  switch (item.kind) {
    case 'capture':
      if (info['payment_status'] === '2')
        return done(capturedNews(reply.at, Number(info['captured_amount'] ?? item.amountYen ?? item.payment.amountYen)))
      break
    case 'cancel':
      if (info['payment_status'] === '3') return done({ at: reply.at, news: { kind: 'cancelled', by: 'merchant' } })
      break
    case 'refund': {
      const totalYen =
        item.payment.refundedYen + (item.amountYen ?? item.payment.capturedYen - item.payment.refundedYen)
      if (Number(info['refunded_amount'] ?? 0) >= totalYen)
        return done({ at: reply.at, news: { kind: 'refunded', totalYen: yen(totalYen) } })
      break
    }
    default:
      return { kind: 'refused', codes: ['operation.not_supported'], news: [], messages: [] }
  }
  return { kind: 'not_done', cause: `payment_status ${info['payment_status'] ?? 'unknown'}` }
}

async function resumeRegistration(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  const known = item.progress['authorized'] as Authorized | undefined
  if (known !== undefined) return confirm(connection, item, known)
  const voucher = await findVoucher(connection, item)
  if (voucher.kind !== 'found') return voucher
  const authorized = {
    trackingId: voucher.trackingId,
    transactionId: voucher.transactionId,
    brand: null,
    at: voucher.at,
  }
  await onStep(item.operationId, { authorized }, [])
  return confirm(connection, item, authorized)
}

function outcomeOf(reply: SbpsReply, news: (at: string) => readonly DatedNews[]): Outcome {
  if (reply.kind === 'ok') return { kind: 'done', news: news(reply.at), messages: [reply.message] }
  if (reply.kind === 'refused') return { kind: 'refused', codes: [reply.code], news: [], messages: messagesOf(reply) }
  return reply
}

function refusedRegistration(reply: Extract<SbpsReply, { kind: 'refused' }>): Outcome {
  return {
    kind: 'refused',
    codes: [reply.code],
    news: [{ at: reply.at, news: { kind: 'refused', codes: [reply.code] } }],
    messages: messagesOf(reply),
  }
}

function messagesOf(reply: { readonly message: RawMessage | null }): RawMessage[] {
  return reply.message === null ? [] : [reply.message]
}

function authorizedNews(authorized: Authorized): DatedNews {
  return {
    at: authorized.at,
    news: {
      kind: 'authorized',
      providerId: authorized.trackingId,
      transactionId: authorized.transactionId,
      brand: authorized.brand,
    },
  }
}

function capturedNews(at: string, amountYen: number): DatedNews {
  return { at, news: { kind: 'captured', amountYen: yen(amountYen) } }
}

function idFields(trackingId: string | null): Record<string, string> {
  return { tracking_id: trackingId ?? '', processing_datetime: jstCompact(new Date()) }
}

function withId(item: OperationItem, authorized: Authorized): OperationItem {
  return { ...item, payment: { ...item.payment, providerId: authorized.trackingId } }
}

function cardRequest(item: OperationItem): CardRequest {
  return (item.request['card'] as CardRequest | undefined) ?? {}
}
