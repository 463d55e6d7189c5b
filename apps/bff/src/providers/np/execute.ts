/** Operations at Net Protections: up to 1,000 of a kind in one call, row results, and what each row came to. */
import { yen } from '@choba/shared/money.ts'
import { decodeDone, decodeScreenings } from '@choba/wire/np/answers.ts'
import { encodeChanges, encodeReferences, encodeShipments, encodeTransactions } from '@choba/wire/np/encode-requests.ts'
import { chunkForCalls } from '@choba/wire/np/limits.ts'
import type { NpAnswer, NpScreening } from '@choba/wire/np/messages.ts'
import type { Connection } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { OperationItem, OperationKind, Outcome, RawMessage } from '../port.ts'
import { askNp, type NpCall, type NpReply } from './client.ts'
import { fragment, screeningNews } from './news.ts'
import { adjustedGoods, invoiceOf, shopTransactionId, transactionOf } from './requests.ts'

/** Already cancelled, also after a lapse; already shipped. Both say that what we ask for stands (np-postpaid 2.5). */
const ALREADY_CANCELLED = 'E0100114'
const ALREADY_SHIPPED = 'E0100115'

/** One kind of operation: how it is written, keyed and read. */
type Procedure<R> = {
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
}

const register: Procedure<NpScreening> = {
  call: (items) => ({ method: 'POST', path: '/v1/transactions', body: encodeTransactions(items.map(transactionOf)) }),
  decode: decodeScreenings,
  key: (item) => shopTransactionId(item.payment),
  keyOf: (result) => result.shopTransactionId,
  news: (_, result, at) => [screeningNews(result, at)],
}

const changeAmount: Procedure<NpScreening> = {
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
  decode: decodeScreenings,
  key: idOf,
  keyOf: (result) => result.npTransactionId,
  news: (item, result, at) => [
    { at, news: { kind: 'amount_changed', toYen: yen(amountOf(item)) } },
    screeningNews(result, at),
  ],
}

const cancel: Procedure<{ readonly npTransactionId: string }> = {
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

const reportShipment: Procedure<{ readonly npTransactionId: string }> = {
  call: (items) => ({
    method: 'POST',
    path: '/v1/shipments',
    body: encodeShipments(
      items.map((item) => ({
        npTransactionId: idOf(item),
        ...shipmentOf(item),
        ...(invoiceOf(item) === 'bundled' ? { billIssuedOn: item.today } : {}),
      })),
    ),
  }),
  decode: decodeDone,
  key: idOf,
  keyOf: (result) => result.npTransactionId,
  news: (item, _, at) => [{ at, news: { kind: 'shipment_accepted', ...shipmentOf(item) } }],
  standing: {
    code: ALREADY_SHIPPED,
    news: (item, at) => [{ at, news: { kind: 'shipment_accepted', ...shipmentOf(item) } }],
  },
}

const PROCEDURES: { readonly [K in OperationKind]?: Procedure<unknown> } = {
  register: erased(register),
  change_amount: erased(changeAmount),
  cancel: erased(cancel),
  report_shipment: erased(reportShipment),
}

/** Each procedure reads back only what its own decoder made, so its result type may be forgotten. */
function erased<R>(procedure: Procedure<R>): Procedure<unknown> {
  return procedure as unknown as Procedure<unknown>
}

export async function executeNp(
  connection: Connection,
  items: readonly OperationItem[],
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  for (const kind of new Set(items.map((item) => item.kind))) {
    const procedure = PROCEDURES[kind]
    const ofKind = items.filter((item) => item.kind === kind)
    if (procedure === undefined) {
      for (const item of ofKind)
        outcomes.set(item.operationId, { kind: 'refused', codes: ['operation.not_supported'], news: [], messages: [] })
      continue
    }
    for (const chunk of chunkForCalls(ofKind)) {
      const reply = await askNp(connection, procedure.call(chunk), procedure.decode)
      for (const item of chunk) outcomes.set(item.operationId, outcomeOf(procedure, item, reply))
    }
  }
  return outcomes
}

function outcomeOf(procedure: Procedure<unknown>, item: OperationItem, reply: NpReply<unknown>): Outcome {
  if (reply.kind === 'refused') return { kind: 'refused', codes: reply.codes, news: [], messages: [] }
  if (reply.kind !== 'answered') return reply
  const key = procedure.key(item)
  const result = reply.results.find((each) => procedure.keyOf(each) === key)
  if (result !== undefined) {
    return {
      kind: 'done',
      news: procedure.news(item, result, reply.at),
      messages: [answerMessage(item, reply, key, null)],
    }
  }
  const error = reply.errors.find((each) => each.id === key) ?? reply.errors.find((each) => each.id === undefined)
  if (error === undefined) return { kind: 'unknown', cause: 'the answer does not name this row' }
  const messages = [answerMessage(item, reply, key, error.codes)]
  if (procedure.standing && error.codes.includes(procedure.standing.code))
    return { kind: 'done', news: procedure.standing.news(item, reply.at), messages }
  const news: DatedNews[] =
    item.kind === 'register' ? [{ at: reply.at, news: { kind: 'refused', codes: error.codes } }] : []
  return { kind: 'refused', codes: error.codes, news, messages }
}

function answerMessage(
  item: OperationItem,
  reply: Extract<NpReply<unknown>, { kind: 'answered' }>,
  key: string,
  codes: readonly string[] | null,
): RawMessage {
  return {
    kind: `np_answer_${item.kind}`,
    uniqueKey: `answer:${item.operationId}`,
    providerId: item.payment.providerId,
    contentType: reply.contentType,
    body: fragment(reply.body, key, codes),
    saidAt: reply.at,
  }
}

export function idOf(item: OperationItem): string {
  return item.payment.providerId ?? ''
}

function amountOf(item: OperationItem): number {
  return item.amountYen ?? item.payment.amountYen
}

function shipmentOf(item: OperationItem): { readonly carrierCode: string; readonly slipNumber: string } {
  return {
    carrierCode: String(item.request['carrierCode'] ?? ''),
    slipNumber: String(item.request['slipNumber'] ?? ''),
  }
}
