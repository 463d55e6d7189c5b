/** NP's answers, both ways: NP's side writes them, the merchant's side reads them strictly. */
import { jstIso } from '@choba/shared/dates.ts'
import {
  compact,
  decoding,
  integer,
  isObject,
  list,
  object,
  oneOf,
  optionalDay,
  optionalInstant,
  optionalText,
  parseJson,
  refuse,
  text,
  type JsonObject,
} from '../json.ts'
import { NP_BILL_DELIVERIES, NP_PAYMENT_PLACES, NP_TRANSACTION_STATUSES } from './messages.ts'
import type {
  NpAnswer,
  NpDone,
  NpPaymentState,
  NpReregistered,
  NpRowError,
  NpScreening,
  NpScreeningOutcome,
} from './messages.ts'

const RESULT_CODES = { approved: '00', on_hold: '10', rejected: '20', in_review: '40' } as const
const PAID = '20'
const UNPAID = '10'

/** 200 when at least one row came through, 400 when none did. */
export function encodeAnswer(
  results: readonly Record<string, unknown>[],
  errors: readonly NpRowError[],
): { status: 200 | 400; body: string } {
  const wireErrors = errors.map((error) => compact({ id: error.id, codes: error.codes }))
  if (results.length === 0 && errors.length > 0) return { status: 400, body: JSON.stringify({ errors: wireErrors }) }
  return { status: 200, body: JSON.stringify(errors.length > 0 ? { results, errors: wireErrors } : { results }) }
}

export function screeningToWire(screening: NpScreening): Record<string, unknown> {
  const { outcome } = screening
  return compact({
    shop_transaction_id: screening.shopTransactionId,
    np_transaction_id: screening.npTransactionId,
    authori_result: RESULT_CODES[outcome.result],
    authori_required_date: screening.decidedAt && jstIso(screening.decidedAt),
    authori_ng: outcome.result === 'rejected' ? outcome.ngReason : undefined,
    authori_hold: outcome.result === 'on_hold' ? outcome.holdReasons : undefined,
  })
}

export function reregisteredToWire(row: NpReregistered): Record<string, unknown> {
  return compact({
    base_np_transaction_id: row.baseNpTransactionId,
    shop_transaction_id: row.shopTransactionId,
    np_transaction_id: row.npTransactionId,
    sales_date: row.salesDate,
  })
}

export function doneToWire(row: NpDone): Record<string, unknown> {
  return { np_transaction_id: row.npTransactionId }
}

export function paymentStateToWire(state: NpPaymentState): Record<string, unknown> {
  return {
    np_transaction_id: state.npTransactionId,
    payment_status: state.paid ? PAID : UNPAID,
    customer_payment_date: state.customerPaidOn ?? null,
    transaction_status: state.transactionStatus ?? null,
    payment_place: state.paymentPlace ?? null,
    payment_store: state.paymentStore ?? null,
    bill_issued_date: state.billIssuedOn ?? null,
    bill_due_date: state.billDueOn ?? null,
    bill_inquiry_no: state.billInquiryNumber ?? null,
    bill_delivery: state.billDelivery ?? null,
    bill_reissue_count: state.billReissueCount ?? null,
    reminder_count: state.reminderCount ?? null,
    last_reminded_date: state.lastRemindedOn ?? null,
    arrival_confirmed_date: state.arrivalConfirmedOn ?? null,
    closed_date: state.closedOn ?? null,
    dispute_status: state.disputed === undefined ? null : state.disputed ? 'open' : 'closed',
  }
}

export function decodeScreenings(status: number, body: string): NpAnswer<NpScreening> {
  return decodeAnswer(status, body, (row, path) => {
    const outcome = readOutcome(row, path)
    const decidedAt = optionalInstant(row['authori_required_date'], `${path}.authori_required_date`)
    const screening = {
      shopTransactionId: text(row['shop_transaction_id'], `${path}.shop_transaction_id`),
      npTransactionId: text(row['np_transaction_id'], `${path}.np_transaction_id`),
      outcome,
    }
    return decidedAt && outcome.result !== 'in_review' ? { ...screening, decidedAt } : screening
  })
}

export function decodeDone(status: number, body: string): NpAnswer<NpDone> {
  return decodeAnswer(status, body, (row, path) => ({
    npTransactionId: text(row['np_transaction_id'], `${path}.np_transaction_id`),
  }))
}

export function decodeReregistered(status: number, body: string): NpAnswer<NpReregistered> {
  return decodeAnswer(status, body, (row, path) => {
    const salesDate = optionalDay(row['sales_date'], `${path}.sales_date`)
    const value = {
      baseNpTransactionId: text(row['base_np_transaction_id'], `${path}.base_np_transaction_id`),
      shopTransactionId: text(row['shop_transaction_id'], `${path}.shop_transaction_id`),
      npTransactionId: text(row['np_transaction_id'], `${path}.np_transaction_id`),
    }
    return salesDate ? { ...value, salesDate } : value
  })
}

export function decodePaymentStates(status: number, body: string): NpAnswer<NpPaymentState> {
  return decodeAnswer(status, body, (row, path) => {
    const day = (key: string) => optionalDay(row[key], `${path}.${key}`)
    const count = (key: string) => optionalCount(row[key], `${path}.${key}`)
    const state: Record<string, unknown> & { npTransactionId: string; paid: boolean } = {
      npTransactionId: text(row['np_transaction_id'], `${path}.np_transaction_id`),
      paid: text(row['payment_status'], `${path}.payment_status`) === PAID,
      customerPaidOn: day('customer_payment_date'),
      transactionStatus: optional(row['transaction_status'], (value) =>
        oneOf(value, NP_TRANSACTION_STATUSES, `${path}.transaction_status`),
      ),
      paymentPlace: optional(row['payment_place'], (value) => oneOf(value, NP_PAYMENT_PLACES, `${path}.payment_place`)),
      paymentStore: optionalText(row['payment_store'], `${path}.payment_store`),
      billIssuedOn: day('bill_issued_date'),
      billDueOn: day('bill_due_date'),
      billInquiryNumber: optionalText(row['bill_inquiry_no'], `${path}.bill_inquiry_no`),
      billDelivery: optional(row['bill_delivery'], (value) =>
        oneOf(value, NP_BILL_DELIVERIES, `${path}.bill_delivery`),
      ),
      billReissueCount: count('bill_reissue_count'),
      reminderCount: count('reminder_count'),
      lastRemindedOn: day('last_reminded_date'),
      arrivalConfirmedOn: day('arrival_confirmed_date'),
      closedOn: day('closed_date'),
      disputed: optional(
        row['dispute_status'],
        (value) => oneOf(value, ['open', 'closed'], `${path}.dispute_status`) === 'open',
      ),
    }
    return compact(state) as NpPaymentState
  })
}

/** An answer of rows and errors, each row read by the caller. */
export function decodeAnswer<R>(status: number, body: string, read: (row: JsonObject, path: string) => R): NpAnswer<R> {
  if (status === 401 || status === 403) return { kind: 'unauthorized', errors: errorsIfReadable(body) }
  if (status !== 200 && status !== 400) return { kind: 'unavailable', status }
  const decoded = decoding(() => {
    const message = object(parseJson(body), 'body')
    const results =
      message['results'] === undefined
        ? []
        : list(message['results'], 'results').map((row, index) =>
            read(object(row, `results[${index}]`), `results[${index}]`),
          )
    const errors = message['errors'] === undefined ? [] : readErrors(message['errors'])
    if (message['results'] === undefined && errors.length === 0) refuse('body', 'neither results nor errors')
    return { results, errors }
  })
  if (!decoded.ok) return { kind: 'unreadable', status, ...decoded.refusal }
  return { kind: 'answered', ...decoded.value }
}

function readErrors(value: unknown): NpRowError[] {
  return list(value, 'errors').map((entry, index) => {
    const path = `errors[${index}]`
    const row = object(entry, path)
    const codes = list(row['codes'], `${path}.codes`).map((code, at) => text(code, `${path}.codes[${at}]`))
    if (codes.length === 0) refuse(`${path}.codes`, 'empty')
    const id = optionalText(row['id'], `${path}.id`)
    return id === undefined ? { codes } : { id, codes }
  })
}

function errorsIfReadable(body: string): NpRowError[] {
  const message = parseJson(body)
  const decoded = decoding(() =>
    isObject(message) && message['errors'] !== undefined ? readErrors(message['errors']) : [],
  )
  return decoded.ok ? decoded.value : []
}

function readOutcome(row: JsonObject, path: string): NpScreeningOutcome {
  const result = text(row['authori_result'], `${path}.authori_result`)
  if (result === RESULT_CODES.approved) return { result: 'approved' }
  if (result === RESULT_CODES.in_review) return { result: 'in_review' }
  if (result === RESULT_CODES.rejected)
    return { result: 'rejected', ngReason: optionalText(row['authori_ng'], `${path}.authori_ng`) ?? 'NG999' }
  if (result !== RESULT_CODES.on_hold) return refuse(`${path}.authori_result`, 'not one of 00, 10, 20, 40')
  const holdReasons = list(row['authori_hold'], `${path}.authori_hold`).map((code, at) =>
    text(code, `${path}.authori_hold[${at}]`),
  )
  return { result: 'on_hold', holdReasons }
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null || value === '' ? undefined : read(value)
}

function optionalCount(value: unknown, path: string): number | undefined {
  return optional(value, (written) => {
    const count = integer(written, path)
    return count >= 0 ? count : refuse(path, 'negative')
  })
}
