/** Reading a Link result, whichever way it came: each of the two ways has its own checksum (sbps-protocol 1.3, 1.5). */
import { atTime, businessDate, parseBusinessDate, parseJstCompact, addDays, dayOf } from '@choba/shared/dates.ts'
import { parseYen, yen } from '@choba/shared/money.ts'
import { decodeLinkForm } from '@choba/wire/sbps/form.ts'
import { decodeLinkDeposit, decodeLinkNp, decodeLinkSlip } from '@choba/wire/sbps/link-result.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import { type Connection, numberSetting, secretOf, textSetting } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { HostedRead, HostedResult } from '../hosted-page.ts'
import { methodOfPayMethod } from './link-methods.ts'

/** The longest a slip can run (sbps-protocol 3): what holds when the notice does not say. */
const MOST_DUE_DAYS = 59
const RECURRING: readonly string[] = ['CR', 'CC', 'CL']
const SCREENING = { '00': 'approved', '10': 'on_hold', '20': 'rejected', '40': 'in_review' } as const

export function readLinkResult(connection: Connection, fn: 'A02-1' | 'A03-1', body: Uint8Array): HostedRead {
  const read = decodeLinkForm(fn, body, secretOf(connection, 'hashKey'))
  if (!read.ok) return { kind: 'refused', reason: read.reason }
  if (!read.checksumHolds) return { kind: 'refused', reason: 'checksum', orderNumber: read.values['order_id'] ?? '' }
  const { values } = read
  if (
    values['merchant_id'] !== textSetting(connection, 'merchantId') ||
    values['service_id'] !== textSetting(connection, 'serviceId')
  )
    return { kind: 'refused', reason: 'merchant' }
  const saidAt = instantOf(values['res_date'] ?? '') ?? instantOf(values['request_date'] ?? '')
  const amountYen = parseYen(values['amount'] ?? '')
  const result = saidAt === undefined ? undefined : resultOf(connection, values, saidAt)
  if (saidAt === undefined || amountYen === undefined || result === undefined)
    return { kind: 'refused', reason: 'value' }
  const trackingId = values['res_tracking_id'] ?? ''
  return {
    kind: 'result',
    code: values['res_result'] ?? '',
    orderNumber: values['order_id'] ?? '',
    amountYen,
    trackingId,
    providerId: decodeLinkNp(values['res_payinfo_key'] ?? '')?.npTransactionId ?? trackingId,
    faultCode: values['res_err_code'] ?? '',
    uniqueKey: keyOf(values),
    saidAt,
    chargedOn: dayOf(new Date(instantOf(values['res_payment_date'] ?? '') ?? saidAt)),
    result,
  }
}

/** A repeat is the same result of the same purchase, whatever date it carries. */
function keyOf(values: Values): string {
  const said = [
    'order_id',
    'res_result',
    'res_tracking_id',
    'res_payinfo_key',
    'res_payment_date',
    'res_err_code',
    'amount',
  ]
  // Nothing else tells one refused try from the next.
  const tried = values['res_result'] === 'NG' ? `:${values['res_date'] ?? ''}` : ''
  return `link:${said.map((tag) => values[tag] ?? '').join(':')}${tried}`
}

/** News of a payment that stands: deposits and expiry, also when a kept notice is read again. */
export function linkNews(connection: Connection, values: Values, saidAt: string): readonly DatedNews[] | undefined {
  const result = resultOf(connection, values, saidAt)
  switch (result?.kind) {
    case 'accepted':
      return result.news
    case 'deposit':
      return depositNews(values, saidAt)
    case 'expired':
      return [{ at: saidAt, news: { kind: 'slip_expired' } }]
    default:
      return undefined
  }
}

function resultOf(connection: Connection, values: Values, saidAt: string): HostedResult | undefined {
  const code = values['res_result'] ?? ''
  if (code === 'NG') return { kind: 'failed' }
  if (code === 'CN') return { kind: 'expired' }
  if (RECURRING.includes(code)) return { kind: 'recurring' }
  if (code === 'PY') {
    const totalYen = parseYen(decodeLinkDeposit(values['res_payinfo_key'] ?? '')?.totalAmount ?? '')
    return totalYen === undefined ? undefined : { kind: 'deposit', totalYen }
  }
  return code === 'OK' ? accepted(connection, values, saidAt) : undefined
}

function accepted(connection: Connection, values: Values, saidAt: string): HostedResult | undefined {
  const method = methodOfPayMethod(connection, values['res_pay_method'] ?? '')
  const trackingId = values['res_tracking_id'] ?? ''
  const at = instantOf(values['res_payment_date'] ?? '') ?? saidAt
  if (trackingId === '') return undefined
  const same = { provider: 'same' } as const
  switch (method) {
    case 'card':
      return { kind: 'accepted', method, on: same, news: cardNews(connection, values, trackingId, at) }
    case 'convenience_store':
      return { kind: 'accepted', method, on: same, news: [slipNews(connection, values, trackingId, at)] }
    case 'np_postpaid': {
      // SBPS passes the order on to NP; under which number is not public: [assumed].
      const said = decodeLinkNp(values['res_payinfo_key'] ?? '')
      if (said === undefined) return undefined
      const result = SCREENING[said.screening as keyof typeof SCREENING]
      const news = { kind: 'screening', providerId: said.npTransactionId, result, reasons: [] } as const
      return { kind: 'accepted', method, on: { provider: 'np', method }, news: [{ at, news }] }
    }
    default:
      return undefined
  }
}

function cardNews(connection: Connection, values: Values, trackingId: string, at: string): DatedNews[] {
  const authorized: DatedNews = {
    at,
    news: { kind: 'authorized', providerId: trackingId, transactionId: null, brand: null },
  }
  // What SBPS charges by itself it captures by itself (sbps-protocol 4).
  const isAutomatic = connection.settings['cardSales'] === 'automatic' || values['pay_type'] === '1'
  if (!isAutomatic) return [authorized]
  return [authorized, { at, news: { kind: 'captured', amountYen: yen(Number(values['amount'])) } }]
}

function slipNews(connection: Connection, values: Values, trackingId: string, at: string): DatedNews {
  const slip = decodeLinkSlip(values['res_payinfo_key'] ?? '')
  const { billDate = '', storeType = '', numbers = [] } = slip ?? {}
  const said = parseBusinessDate(`${billDate.slice(0, 4)}-${billDate.slice(4, 6)}-${billDate.slice(6)}`)
  const payBy = said ?? addDays(dayOf(new Date(at)), numberSetting(connection, 'storeDueDays', MOST_DUE_DAYS))
  return {
    at,
    news: { kind: 'slip_issued', providerId: trackingId, transactionId: null, store: storeType, numbers, payBy },
  }
}

/** The running total decides; a report that is taken back has lowered it already. */
function depositNews(values: Values, saidAt: string): DatedNews[] | undefined {
  const said = decodeLinkDeposit(values['res_payinfo_key'] ?? '')
  const totalYen = parseYen(said?.totalAmount ?? '')
  if (said === undefined || totalYen === undefined) return undefined
  const certainty = said.type === 'P' || said.type === 'C' ? 'preliminary' : 'definite'
  return [{ at: instantOf(values['res_payment_date'] ?? '') ?? saidAt, news: { kind: 'deposit', certainty, totalYen } }]
}

/** Fourteen digits in Tokyo's time, or a day alone. */
function instantOf(text: string): string | undefined {
  if (/^\d{8}$/.test(text)) {
    const day = parseBusinessDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)
    return day && atTime(businessDate(day), 0).toISOString()
  }
  return parseJstCompact(text)?.toISOString()
}
