/** Finding out what became of an operation whose answer never came. */
import { yen } from '@choba/shared/money.ts'
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import { encodeReferences } from '@choba/wire/np/encode-requests.ts'
import type { NpScreening } from '@choba/wire/np/messages.ts'
import type { Connection } from '../../core/connection.ts'
import type { OnStep, OperationItem, Outcome } from '../port.ts'
import { askNp, type NpReply } from './client.ts'
import { isReduction } from './execute.ts'
import { fragment, screeningNews } from './news.ts'
import { reducedAmount } from './procedures.ts'
import { idOf, shopTransactionId } from './requests.ts'

/**
 * A registration is looked for under the shop's own number, a cancel in the transaction's state. The other kinds are
 * answered by NP's guards: a second shipment report is refused as already reported, an update sets what stands already.
 */
export async function inquireNp(
  connection: Connection,
  items: readonly OperationItem[],
  onStep: OnStep,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  for (const item of items) outcomes.set(item.operationId, await inquireOne(connection, item, onStep))
  return outcomes
}

function inquireOne(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  if (isReduction(item)) return inquireReduction(connection, item, onStep)
  switch (item.kind) {
    case 'register':
    case 'reregister':
      return inquireRegistration(connection, item)
    case 'cancel':
    case 'refund':
      return inquireCancel(connection, item)
    default:
      return Promise.resolve({
        kind: 'not_done',
        cause: 'repeating is safe: NP refuses or repeats it without effect',
      })
  }
}

async function inquireRegistration(connection: Connection, item: OperationItem): Promise<Outcome> {
  const search = await findNewest(connection, item)
  if ('outcome' in search) return search.outcome
  const { found, reply } = search
  return {
    kind: 'done',
    news: [screeningNews(found, reply.at)],
    messages: [inquiryMessage(item, found, reply)],
  }
}

type Answered = Extract<NpReply<NpScreening>, { kind: 'answered' }>
type Search = { readonly outcome: Outcome } | { readonly found: NpScreening; readonly reply: Answered }

/** The newest transaction under the shop's number, unless we know it already: then nothing was registered since. */
async function findNewest(connection: Connection, item: OperationItem): Promise<Search> {
  const id = shopTransactionId(item.payment)
  const reply = await askNp(
    connection,
    { method: 'POST', path: '/v1/authorizations/find', body: encodeReferences([{ shopTransactionId: id }]) },
    decodeScreenings,
  )
  if (reply.kind !== 'answered') return { outcome: unclear(reply) }
  const found = reply.results.find((row) => row.shopTransactionId === id)
  if (found === undefined || item.payment.knownIds.includes(found.npTransactionId))
    return { outcome: { kind: 'not_done', cause: 'NP does not know it' } }
  return { found, reply }
}

function unclear(reply: Exclude<NpReply<unknown>, { kind: 'answered' }>): Outcome {
  return { kind: 'unknown', cause: reply.kind === 'refused' ? reply.codes.join() : reply.cause }
}

function inquiryMessage(item: OperationItem, found: NpScreening, reply: Answered) {
  return {
    kind: 'np_answer_inquiry',
    uniqueKey: `inquiry:${item.operationId}`,
    providerId: found.npTransactionId,
    contentType: reply.contentType,
    body: fragment(reply.body, found.shopTransactionId, null),
    saidAt: reply.at,
  }
}

async function inquireCancel(connection: Connection, item: OperationItem): Promise<Outcome> {
  const state = await stateOf(connection, item)
  if ('outcome' in state) return state.outcome
  if (state.cancelled)
    return { kind: 'done', news: [{ at: state.at, news: { kind: 'cancelled', by: 'merchant' } }], messages: [] }
  return { kind: 'not_done', cause: 'NP has not cancelled it' }
}

/** Which half of a reduction was reached; whatever is missing is done by sending it again. */
async function inquireReduction(connection: Connection, item: OperationItem, onStep: OnStep): Promise<Outcome> {
  if (item.payment.withdrawn === null) {
    const state = await stateOf(connection, item)
    if ('outcome' in state) return state.outcome
    if (!state.cancelled) return { kind: 'not_done', cause: 'NP has not cancelled it' }
    const news = { kind: 'claim_withdrawn', providerId: idOf(item), toYen: yen(reducedAmount(item)) } as const
    await onStep(item.operationId, { withdrawn: true }, [], [{ at: state.at, news }])
  }
  const search = await findNewest(connection, item)
  if ('outcome' in search) return search.outcome
  const { found, reply } = search
  const again = {
    kind: 'registered_again',
    providerId: found.npTransactionId,
    toYen: yen(reducedAmount(item)),
  } as const
  return {
    kind: 'done',
    news: [{ at: reply.at, news: again }],
    messages: [inquiryMessage(item, found, reply)],
  }
}

type CancelState = { readonly outcome: Outcome } | { readonly cancelled: boolean; readonly at: string }

async function stateOf(connection: Connection, item: OperationItem): Promise<CancelState> {
  const reply = await askNp(
    connection,
    {
      method: 'POST',
      path: '/v1/transactions/payments/find',
      body: encodeReferences([{ npTransactionId: idOf(item) }]),
    },
    decodePaymentStates,
  )
  if (reply.kind !== 'answered') return { outcome: unclear(reply) }
  return { cancelled: reply.results[0]?.transactionStatus === 'cancelled', at: reply.at }
}
