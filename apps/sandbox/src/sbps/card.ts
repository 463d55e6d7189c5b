/** Card payments: authorization, commit, capture, cancel, refund, inquiry. */
import { addMonths, dayOf, jstCompact } from '@choba/shared/dates.ts'
import { integerBetween } from '../random.ts'
import { type Accepted, amountOf, type Call, type Outcome, refuse, valueOf } from './answer.ts'
import { type CardFace, type CardPayment, nextCardTrackingId, nextTransactionId, type Sbps } from './records.ts'
import { recordSale } from './sales.ts'
import { findStoredCard, saveCard } from './stored-card.ts'
import { shownCard } from './card-face.ts'
import {
  companyCodeOf,
  ERROR_AMOUNT_TYPES,
  faceOf,
  refusalByAmount,
  refusalByCard,
  refusalLater,
} from './test-cards.ts'
import { spendToken } from './tokens.ts'

const INSTALMENT_COUNTS = ['3', '5', '6', '10', '12', '15', '18', '20', '24']
/** The smallest card payment. */
const MIN_AMOUNT_YEN = 2
/** Capture and refund are possible until the end of the third month after the authorization. */
const PERIOD_MONTHS = 3

type Presented = { readonly card: CardFace; readonly refusal: string | undefined }

export function authorize(sbps: Sbps, call: Call): Outcome {
  const unfit = checkOrder(sbps, call)
  if (unfit) return unfit
  const presented = presentCard(sbps, call)
  return 'errorCode' in presented ? presented : authorizeOn(sbps, call, presented)
}

/** Again on the card of an earlier payment, named by its tracking id; another card may be given with it. */
export function authorizeAgain(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (earlier) => {
    const unfit = checkOrder(sbps, call)
    if (unfit) return unfit
    const isOtherCard = valueOf(call, 'token') !== '' || valueOf(call, 'cc_number') !== ''
    const same = { card: earlier.card, refusal: refusalLater(earlier.card, call.now) }
    const presented = isOtherCard ? presentCard(sbps, call) : same
    return 'errorCode' in presented ? presented : authorizeOn(sbps, call, presented)
  })
}

function checkOrder(sbps: Sbps, call: Call): Outcome | undefined {
  if ((amountOf(call) ?? 0) < MIN_AMOUNT_YEN) return refuse(call, '07', '008')
  if (sbps.index.findOrder(call.account, valueOf(call, 'order_id'), valueOf(call, 'order_rowno')))
    return refuse(call, '96')
  return checkInstalments(call)
}

function authorizeOn(sbps: Sbps, call: Call, presented: Presented): Outcome {
  const amountYen = amountOf(call) ?? 0
  const orderId = valueOf(call, 'order_id')
  const orderRow = valueOf(call, 'order_rowno')
  const refusal = presented.refusal ?? refusalByAmount(amountYen, ERROR_AMOUNT_TYPES)
  if (refusal) return refuse(call, refusal)
  const trackingId = nextCardTrackingId(sbps.store)
  const payment: CardPayment = {
    method: 'credit',
    trackingId,
    transactionId: nextTransactionId(sbps.store, call.account, call.request.functionId),
    merchantId: call.account.merchantId,
    serviceId: call.account.serviceId,
    custCode: valueOf(call, 'cust_code'),
    orderId,
    orderRow,
    amountYen,
    requestedAt: call.now.toISOString(),
    card: presented.card,
    recognizedNo: String(integerBetween(0, 999_999, 'recognized', trackingId)).padStart(6, '0'),
    dealingsType: valueOf(call, 'dealings_type') || '10',
    divideTimes: valueOf(call, 'divide_times'),
    commitStatus: '0',
    status: '1',
    capturedYen: 0,
    refundedYen: 0,
    refundRows: [],
  }
  sbps.cards.put(trackingId, payment)
  sbps.index.add(payment)
  return {
    transactionId: payment.transactionId,
    trackingId,
    methodInfo: {
      cc_company_code: companyCodeOf(presented.card.brand),
      recognized_no: payment.recognizedNo,
      ...(valueOf(call, 'cardbrand_return_flg') === '1' ? { cardbrand_code: presented.card.brand } : {}),
    },
    ...customerLeaves(sbps, call, presented),
    processDate: jstCompact(call.now),
  }
}

function checkInstalments(call: Call): Outcome | undefined {
  if (valueOf(call, 'dealings_type') !== '61') return undefined
  if (valueOf(call, 'divide_times') === '') return refuse(call, '03', '203')
  const count = String(Number(valueOf(call, 'divide_times')))
  return INSTALMENT_COUNTS.includes(count) ? undefined : refuse(call, '34')
}

/** The card by number, by one-time token, or the one stored for the customer when neither is given. */
function presentCard(sbps: Sbps, call: Call): Presented | { readonly errorCode: string } {
  const number = valueOf(call, 'cc_number')
  if (number !== '') {
    const expiration = valueOf(call, 'cc_expiration')
    return { card: faceOf(number, expiration), refusal: refusalByCard(number, expiration, call.now) }
  }
  if (valueOf(call, 'token') !== '') return spendToken(sbps, call)
  const stored = findStoredCard(sbps, call.account, valueOf(call, 'cust_code'))
  return stored ? { card: stored.card, refusal: stored.refusal } : refuse(call, '95')
}

function customerLeaves(sbps: Sbps, call: Call, presented: Presented): Accepted {
  const custCode = valueOf(call, 'cust_code')
  const saved =
    valueOf(call, 'cust_manage_flg') === '1'
      ? saveCard(sbps, call, presented)
      : findStoredCard(sbps, call.account, custCode)
  if (valueOf(call, 'sps_cust_info_return_flg') !== '1') return {}
  return { customerNo: saved?.customerNo ?? '', paymentNo: saved?.paymentNo ?? '' }
}

export function commit(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (payment) => {
    if (payment.status === '3') return refuse(call, '40')
    if (payment.commitStatus !== '0') return refuse(call, '60')
    const committed: CardPayment = { ...payment, commitStatus: '1' }
    if (call.account.cardSales === 'automatic') capturePayment(sbps, call, committed, payment.amountYen)
    else sbps.cards.put(payment.trackingId, committed)
    return { processDate: jstCompact(call.now) }
  })
}

export function capture(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (payment) => {
    if (call.account.cardSales === 'automatic') return refuse(call, '37')
    if (payment.status === '3') return refuse(call, '40')
    if (payment.commitStatus === '0') return refuse(call, '59')
    if (payment.status !== '1') return refuse(call, '41')
    if (isPeriodOver(payment, call.now)) return refuse(call, '42')
    const amountYen = amountOf(call) ?? payment.amountYen
    if (amountYen < 1) return refuse(call, '07', '008')
    if (amountYen > payment.amountYen) return refuse(call, '79')
    capturePayment(sbps, call, payment, amountYen)
    return { processDate: dayStamp(call.now) }
  })
}

function capturePayment(sbps: Sbps, call: Call, payment: CardPayment, capturedYen: number): void {
  sbps.cards.put(payment.trackingId, { ...payment, status: '2', capturedYen })
  recordSale(sbps, call.account, payment, 'sale', capturedYen, call.now)
}

/** Cancels an authorization, or refunds what is left of a captured payment. */
export function cancelOrRefund(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (payment) => {
    if (payment.status === '1') return cancelPayment(sbps, call, payment)
    if (payment.status === '3') return refuse(call, '40')
    const leftYen = payment.capturedYen - payment.refundedYen
    if (leftYen === 0) return refuse(call, '46')
    return refundPayment(sbps, call, payment, leftYen, undefined)
  })
}

export function cancelAuthorization(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (payment) => {
    if (payment.status === '3') return refuse(call, '45')
    if (payment.status !== '1') return refuse(call, '49')
    return cancelPayment(sbps, call, payment)
  })
}

export function refundPart(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (payment) => {
    if (payment.status === '3') return refuse(call, '40')
    if (payment.status === '1') return refuse(call, 'K0')
    const row = valueOf(call, 'refund_rowno')
    if (row !== '' && payment.refundRows.includes(row)) return refuse(call, '97', '225')
    const amountYen = amountOf(call) ?? 0
    if (amountYen < 1) return refuse(call, '07', '008')
    const leftYen = payment.capturedYen - payment.refundedYen
    if (leftYen === 0) return refuse(call, '46')
    if (amountYen > leftYen) return refuse(call, 'K1')
    return refundPayment(sbps, call, payment, amountYen, row === '' ? undefined : row)
  })
}

function cancelPayment(sbps: Sbps, call: Call, payment: CardPayment): Outcome {
  const commitStatus = payment.commitStatus === '0' ? '3' : '2'
  sbps.cards.put(payment.trackingId, { ...payment, status: '3', commitStatus })
  return { processDate: jstCompact(call.now) }
}

function refundPayment(sbps: Sbps, call: Call, payment: CardPayment, amountYen: number, row?: string): Outcome {
  if (isPeriodOver(payment, call.now)) return refuse(call, '56')
  sbps.cards.put(payment.trackingId, {
    ...payment,
    status: '4',
    refundedYen: payment.refundedYen + amountYen,
    refundRows: row === undefined ? payment.refundRows : [...payment.refundRows, row],
  })
  recordSale(sbps, call.account, payment, 'refund', amountYen, call.now)
  return { processDate: dayStamp(call.now) }
}

export function inquireCard(sbps: Sbps, call: Call): Outcome {
  return withCard(sbps, call, (payment) => ({
    status: '0',
    methodInfoDetail: {
      ...shownCard(payment.card, valueOf(call, 'response_info_type') || '2'),
      dealings_type: payment.dealingsType,
      divide_times: payment.divideTimes,
    },
    methodInfo: {
      cc_company_code: companyCodeOf(payment.card.brand),
      ...(valueOf(call, 'cardbrand_return_flg') === '0' ? {} : { cardbrand_code: payment.card.brand }),
      recognized_no: payment.recognizedNo,
      commit_status: payment.commitStatus,
      payment_status: payment.status,
      // Assumed: a client that lost an answer must be able to learn the amounts.
      captured_amount: String(payment.capturedYen),
      refunded_amount: String(payment.refundedYen),
    },
    processDate: jstCompact(call.now),
  }))
}

/** Either id names the payment; with both missing the recorded answers complain about the transaction id. */
function withCard(sbps: Sbps, call: Call, work: (payment: CardPayment) => Outcome): Outcome {
  const [transactionId, trackingId] = [valueOf(call, 'sps_transaction_id'), valueOf(call, 'tracking_id')]
  if (transactionId === '' && trackingId === '') return refuse(call, '03', '026')
  const payment = sbps.cards.get(trackingId || (sbps.index.findTransaction(transactionId) ?? ''))
  const own = payment?.merchantId === call.account.merchantId && payment.serviceId === call.account.serviceId
  if (!payment || !own) return trackingId === '' ? refuse(call, '11', '026') : refuse(call, '12', '027')
  return work(payment)
}

function isPeriodOver(payment: CardPayment, now: Date): boolean {
  return dayOf(now) >= addMonths(dayOf(new Date(payment.requestedAt)), PERIOD_MONTHS + 1)
}

/** Sales and refunds are dated by the day. */
function dayStamp(now: Date): string {
  return `${jstCompact(now).slice(0, 8)}000000`
}
