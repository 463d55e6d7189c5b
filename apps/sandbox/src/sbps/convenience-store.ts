/** Convenience-store payments: the payment request, the inquiry, and cancelling the bill. */
import {
  addDays,
  atTime,
  type BusinessDate,
  dayOf,
  daysBetween,
  jstCompact,
  parseBusinessDate,
} from '@choba/shared/dates.ts'
import { findTag } from '@choba/wire/sbps/tags.ts'
import { integerBetween } from '../random.ts'
import { amountOf, type Call, type Outcome, refuse, valueOf } from './answer.ts'
import { planCustomer } from './store-customers.ts'
import { nextStoreTrackingId, nextTransactionId, type Sbps, type StorePayment } from './records.ts'
import { refusalByAmount, STORE_ERROR_AMOUNT_TYPES } from './test-cards.ts'

const STORE_TYPES = ['001', '002', '005', '016', '018']
/** What stores take at the till; the provider's own limit is not public: assumed. */
const MAX_AMOUNT_YEN = 299_999
const MAX_DUE_DAYS = 59
/** When the request names no due date: assumed. */
const DEFAULT_DUE_DAYS = 14
const FULL_WIDTH_TAGS = ['last_name', 'first_name', 'last_name_kana', 'first_name_kana', 'add1', 'add2', 'add3']
/** Expired bills are told in the night after the due date. */
const EXPIRY_HOUR = 0
const EXPIRY_MINUTE = 30

export function requestPayment(sbps: Sbps, call: Call): Outcome {
  const amountYen = amountOf(call) ?? 0
  const refusal = refusalByAmount(amountYen, STORE_ERROR_AMOUNT_TYPES)
  if (refusal) return refuse(call, refusal)
  if (amountYen < 1 || amountYen > MAX_AMOUNT_YEN) return refuse(call, '07', '008')
  const halfWidth = FULL_WIDTH_TAGS.find((tag) => /[\x20-\x7e\uff61-\uff9f]/.test(valueOf(call, tag)))
  if (halfWidth) return refuse(call, '04', findTag(halfWidth)!.item)
  const storeType = valueOf(call, 'webcvstype')
  if (!STORE_TYPES.includes(storeType)) return refuse(call, '07', '213')
  const dueOn = dueDayOf(call)
  if (dueOn === undefined) return refuse(call, '23', '214')
  const [orderId, orderRow] = [valueOf(call, 'order_id'), valueOf(call, 'order_rowno')]
  if (sbps.index.findOrder(call.account, orderId, orderRow)) return refuse(call, '96')
  const trackingId = nextStoreTrackingId(sbps.store)
  const payment: StorePayment = {
    method: 'webcvs',
    trackingId,
    transactionId: nextTransactionId(sbps.store, call.account, call.request.functionId),
    merchantId: call.account.merchantId,
    serviceId: call.account.serviceId,
    custCode: valueOf(call, 'cust_code'),
    orderId,
    orderRow,
    amountYen,
    requestedAt: call.now.toISOString(),
    storeType,
    billDate: dueOn.replaceAll('-', ''),
    mail: valueOf(call, 'mail'),
    ...payDataOf(storeType, trackingId),
    status: '1',
    preliminaryYen: 0,
    definiteYen: 0,
  }
  sbps.bills.put(trackingId, payment)
  sbps.index.add(payment)
  planCustomer(sbps, payment, valueOf(call, 'last_name') + valueOf(call, 'first_name'), call.now)
  sbps.schedule.at(atTime(addDays(dueOn, 1), EXPIRY_HOUR, EXPIRY_MINUTE), 'sbps.expire', { trackingId })
  return {
    transactionId: payment.transactionId,
    trackingId,
    methodInfo: slipLeaves(payment),
    processDate: jstCompact(call.now),
  }
}

/** Today counts: a recorded request was accepted with it. Undefined when the day is not possible. */
function dueDayOf(call: Call): BusinessDate | undefined {
  const [text, today] = [valueOf(call, 'bill_date'), dayOf(call.now)]
  if (text === '') return addDays(today, DEFAULT_DUE_DAYS)
  const day = parseBusinessDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)
  if (day === undefined) return undefined
  const ahead = daysBetween(today, day)
  return ahead >= 0 && ahead <= MAX_DUE_DAYS ? day : undefined
}

/** What the customer shows at the till, by store. Shapes follow public descriptions, the numbers are made up. */
function payDataOf(storeType: string, trackingId: string): { payData1: string; payData2: string } {
  const digits = (length: number, what: string) =>
    String(integerBetween(10 ** (length - 1), 10 ** length - 1, what, trackingId))
  switch (storeType) {
    case '001':
      return { payData1: digits(13, 'slip'), payData2: `https://slip.example/${trackingId}` }
    case '002':
    case '005': {
      const [first, second] = [digits(8, 'receipt'), digits(9, 'confirmation')]
      return { payData1: `${first}-${second}`, payData2: `https://slip.example/?o1=${first}&o2=${second}` }
    }
    case '016':
      return { payData1: '20020', payData2: digits(12, 'order') }
    default:
      return { payData1: digits(6, 'receipt'), payData2: '' }
  }
}

function slipLeaves(payment: StorePayment): Record<string, string> {
  return {
    invoice_no: payment.trackingId,
    bill_date: payment.billDate,
    cvs_pay_data1: payment.payData1,
    cvs_pay_data2: payment.payData2,
  }
}

export function inquireBill(sbps: Sbps, call: Call): Outcome {
  return withBill(sbps, call, (payment) => ({
    status: '0',
    methodInfo: {
      webcvstype: payment.storeType,
      ...slipLeaves(payment),
      payment_status: payment.status,
      // Assumed: a client that missed notices must be able to learn what was paid.
      deposited_amount: String(payment.preliminaryYen),
    },
    processDate: jstCompact(call.now),
  }))
}

/** Assumed function: a bill can be cancelled before anything was paid. */
export function cancelBill(sbps: Sbps, call: Call): Outcome {
  return withBill(sbps, call, (payment) => {
    if (payment.status === '9') return refuse(call, '40')
    if (payment.status !== '1') return refuse(call, '41')
    sbps.bills.put(payment.trackingId, { ...payment, status: '9' })
    return { processDate: jstCompact(call.now) }
  })
}

function withBill(sbps: Sbps, call: Call, work: (payment: StorePayment) => Outcome): Outcome {
  const [transactionId, trackingId] = [valueOf(call, 'sps_transaction_id'), valueOf(call, 'tracking_id')]
  if (transactionId === '' && trackingId === '') return refuse(call, '03', '026')
  const payment = sbps.bills.get(trackingId || (sbps.index.findTransaction(transactionId) ?? ''))
  const own = payment?.merchantId === call.account.merchantId && payment.serviceId === call.account.serviceId
  if (!payment || !own) return trackingId === '' ? refuse(call, '11', '026') : refuse(call, '12', '027')
  return work(payment)
}
