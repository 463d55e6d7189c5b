/** The connector to Net Protections. */
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import { encodeReferences } from '@choba/wire/np/encode-requests.ts'
import type { Connection } from '../../core/connection.ts'
import type { OperationItem, Outcome, ProviderAdapter } from '../port.ts'
import { askNp } from './client.ts'
import { executeNp, idOf } from './execute.ts'
import { interpretNp } from './interpret.ts'
import { fragment, screeningNews } from './news.ts'
import { pollNp } from './poll.ts'
import { shopTransactionId } from './requests.ts'

export const np: ProviderAdapter = {
  execute: executeNp,
  inquire: inquireNp,
  poll: pollNp,
  interpret: (_, message) => interpretNp(message),
}

/**
 * A registration is looked for under the shop's own number, a cancel in the transaction's state. The other kinds are
 * answered by NP's guards: a second shipment report is refused as already reported, an update sets what stands already.
 */
async function inquireNp(connection: Connection, items: readonly OperationItem[]): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  for (const item of items) {
    if (item.kind === 'register') outcomes.set(item.operationId, await inquireRegistration(connection, item))
    else if (item.kind === 'cancel') outcomes.set(item.operationId, await inquireCancel(connection, item))
    else
      outcomes.set(item.operationId, {
        kind: 'not_done',
        cause: 'repeating is safe: NP refuses or repeats it without effect',
      })
  }
  return outcomes
}

async function inquireRegistration(connection: Connection, item: OperationItem): Promise<Outcome> {
  const id = shopTransactionId(item.payment)
  const reply = await askNp(
    connection,
    { method: 'POST', path: '/v1/authorizations/find', body: encodeReferences([{ shopTransactionId: id }]) },
    decodeScreenings,
  )
  if (reply.kind === 'refused') return { kind: 'unknown', cause: reply.codes.join() }
  if (reply.kind === 'not_done') return { kind: 'unknown', cause: reply.cause }
  if (reply.kind !== 'answered') return reply
  const found = reply.results.find((row) => row.shopTransactionId === id)
  if (found === undefined) return { kind: 'not_done', cause: 'NP does not know the order' }
  const message = {
    kind: 'np_answer_inquiry',
    uniqueKey: `inquiry:${item.operationId}`,
    providerId: found.npTransactionId,
    contentType: reply.contentType,
    body: fragment(reply.body, id, null),
    saidAt: reply.at,
  }
  return { kind: 'done', news: [screeningNews(found, reply.at)], messages: [message] }
}

async function inquireCancel(connection: Connection, item: OperationItem): Promise<Outcome> {
  const reply = await askNp(
    connection,
    {
      method: 'POST',
      path: '/v1/transactions/payments/find',
      body: encodeReferences([{ npTransactionId: idOf(item) }]),
    },
    decodePaymentStates,
  )
  if (reply.kind === 'refused') return { kind: 'unknown', cause: reply.codes.join() }
  if (reply.kind === 'not_done') return { kind: 'unknown', cause: reply.cause }
  if (reply.kind !== 'answered') return reply
  const state = reply.results[0]?.transactionStatus
  if (state === 'cancelled')
    return { kind: 'done', news: [{ at: reply.at, news: { kind: 'cancelled', by: 'merchant' } }], messages: [] }
  return { kind: 'not_done', cause: 'NP has not cancelled it' }
}
