/** Each kind of operation at Net Protections: how it is written, keyed and read. */
import { yen } from '@choba/shared/money.ts'
import { decodeDone, decodeReregistered, decodeScreenings } from '@choba/wire/np/answers.ts'
import {
  encodeChanges,
  encodeReferences,
  encodeReregistrations,
  encodeShipments,
  encodeTransactions,
} from '@choba/wire/np/encode-requests.ts'
import type { NpAnswer, NpReregistered, NpScreening } from '@choba/wire/np/messages.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { OperationItem } from '../port.ts'
import type { NpCall } from './client.ts'
import { screeningNews } from './news.ts'
import {
  adjustedGoods,
  amountOf,
  changeOf,
  idOf,
  invoiceOf,
  reportedOf,
  shipmentOf,
  shopTransactionId,
  transactionOf,
} from './requests.ts'

/** Already cancelled, also after a lapse; already shipped (np-postpaid 2.5). */
const ALREADY_CANCELLED = 'E0100114'
const ALREADY_SHIPPED = 'E0100115'

export type Procedure<R> = {
  readonly call: (items: readonly OperationItem[]) => NpCall
  readonly decode: (status: number, body: string) => NpAnswer<R>
  /** What names the row in the request and in the answer's errors. */
  readonly key: (item: OperationItem) => string
  readonly keyOf: (result: R) => string
  readonly news: (item: OperationItem, result: R, at: string) => readonly DatedNews[]
  /** An error that means "this stands already". */
  readonly standing?: {
    readonly code: string
    readonly news: (item: OperationItem, at: string) => readonly DatedNews[]
  }
  /** What a refusal of the row changes. */
  readonly refusedNews?: (codes: readonly string[], at: string) => readonly DatedNews[]
}

export const register: Procedure<NpScreening> = {
  call: (items) => ({ method: 'POST', path: '/v1/transactions', body: encodeTransactions(items.map(transactionOf)) }),
  decode: decodeScreenings,
  key: (item) => shopTransactionId(item.payment),
  keyOf: (result) => result.shopTransactionId,
  news: (_, result, at) => [screeningNews(result, at)],
  refusedNews: (codes, at) => [{ at, news: { kind: 'refused', codes } }],
}

/** Any field; the order as it stands after the correction is sent whole, and screened again. */
export const correct: Procedure<NpScreening> = {
  call: (items) => ({ method: 'PATCH', path: '/v1/transactions/update', body: encodeChanges(items.map(changeOf)) }),
  decode: decodeScreenings,
  key: idOf,
  keyOf: (result) => result.npTransactionId,
  news: (_, result, at) => [asked(screeningNews(result, at))],
}

/** NP screened it anew, whatever came out. */
function asked({ at, news }: DatedNews): DatedNews {
  return { at, news: news.kind === 'screening' ? { ...news, asked: true } : news }
}

export const changeAmount: Procedure<NpScreening> = {
  ...correct,
  call: (items) => ({
    method: 'PATCH',
    path: '/v1/transactions/update',
    body: encodeChanges(
      items.map((item) => ({
        npTransactionId: idOf(item),
        billedAmountYen: yen(amountOf(item)),
        goods: adjustedGoods(item, amountOf(item)),
      })),
    ),
  }),
  news: (item, result, at) => [
    { at, news: { kind: 'amount_changed', toYen: yen(amountOf(item)) } },
    asked(screeningNews(result, at)),
  ],
}

export const cancel: Procedure<{ readonly npTransactionId: string }> = {
  call: (items) => ({
    method: 'PATCH',
    path: '/v1/transactions/cancel',
    body: encodeReferences(items.map((item) => ({ npTransactionId: idOf(item) }))),
  }),
  decode: decodeDone,
  key: idOf,
  keyOf: (result) => result.npTransactionId,
  news: (_, __, at) => [{ at, news: { kind: 'cancelled', by: 'merchant' } }],
  standing: { code: ALREADY_CANCELLED, news: (_, at) => [{ at, news: { kind: 'cancelled', by: 'merchant' } }] },
}

/** The first half of an amount reduction: a cancel that only makes room for the smaller claim. */
export const withdraw: Procedure<{ readonly npTransactionId: string }> = {
  ...cancel,
  news: withdrawnNews,
  standing: { code: ALREADY_CANCELLED, news: (item, at) => withdrawnNews(item, undefined, at) },
  refusedNews: (_, at) => [{ at, news: { kind: 'reduction_dropped' } }],
}

function withdrawnNews(item: OperationItem, _: unknown, at: string): DatedNews[] {
  return [{ at, news: { kind: 'claim_withdrawn', providerId: idOf(item), toYen: yen(reducedAmount(item)) } }]
}

/** The second half: NP takes the smaller claim as shipped already and does not screen it. */
export const registerAgain: Procedure<NpReregistered> = {
  call: (items) => ({
    method: 'POST',
    path: '/v1/transactions/reregister',
    body: encodeReregistrations(
      items.map((item) => ({
        baseNpTransactionId: idOf(item),
        shopTransactionId: shopTransactionId(item.payment),
        shopOrderDate: dayOf(new Date(item.payment.orderedAt)),
        billedAmountYen: yen(reducedAmount(item)),
        goods: adjustedGoods(item, reducedAmount(item)),
      })),
    ),
  }),
  decode: decodeReregistered,
  key: idOf,
  keyOf: (result) => result.baseNpTransactionId,
  news: (item, result, at) => [
    { at, news: { kind: 'registered_again', providerId: result.npTransactionId, toYen: yen(reducedAmount(item)) } },
  ],
}

/** A later wish changes the amount of a claim that is withdrawn already. */
export function reducedAmount(item: OperationItem): number {
  return item.amountYen ?? item.payment.withdrawn?.toYen ?? item.payment.amountYen
}

export const reportShipment: Procedure<{ readonly npTransactionId: string }> = {
  call: (items) => ({
    method: 'POST',
    path: '/v1/shipments',
    body: encodeShipments(
      items.map((item) => ({
        npTransactionId: idOf(item),
        ...shipmentOf(item),
        ...(invoiceOf(item) === 'bundled' ? { billIssuedOn: billIssuedOn(item) } : {}),
      })),
    ),
  }),
  decode: decodeDone,
  key: idOf,
  keyOf: (result) => result.npTransactionId,
  news: (item, _, at) => [{ at, news: { kind: 'shipment_accepted', ...reportedOf(item) } }],
  standing: {
    code: ALREADY_SHIPPED,
    news: (item, at) => [{ at, news: { kind: 'shipment_accepted', ...reportedOf(item) } }],
  },
  // Nobody here cancelled it: the approval has lapsed (np-postpaid section 0, fact 4).
  refusedNews: (codes, at) => (codes.includes(ALREADY_CANCELLED) ? [{ at, news: LAPSED }] : []),
}

const LAPSED = {
  kind: 'np_status',
  state: 'expired',
  invoice: null,
  reminders: null,
  paid: null,
  arrivalOn: null,
} as const

function billIssuedOn(item: OperationItem) {
  const day = item.request['billIssuedOn']
  return typeof day === 'string' ? (day as OperationItem['today']) : item.today
}

/** Each procedure reads back only what its own decoder made, so its result type may be forgotten. */
export function erased<R>(procedure: Procedure<R>): Procedure<unknown> {
  return procedure as unknown as Procedure<unknown>
}
