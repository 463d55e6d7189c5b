/** Asking NP for news: it pushes nothing, so open payments and statements are polled (np-postpaid 2.2). */
import { createHash } from 'node:crypto'
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import { encodeReferences } from '@choba/wire/np/encode-requests.ts'
import { chunkForCalls } from '@choba/wire/np/limits.ts'
import type { NpAnswer } from '@choba/wire/np/messages.ts'
import { encodeStatementFind } from '@choba/wire/np/statements.ts'
import type { Connection } from '../../core/connection.ts'
import { type KnownStatements, type OpenPayment, ProviderUnreachable, type RawMessage } from '../port.ts'
import { statementNews } from '../statement.ts'
import { askNp, callNp } from './client.ts'
import { resultRows } from './news.ts'
import { npStatements } from './statement-file.ts'

const SCREENING: readonly string[] = ['registered', 'in_review', 'on_hold']

export async function pollNp(
  connection: Connection,
  open: readonly OpenPayment[],
  known: KnownStatements,
): Promise<RawMessage[]> {
  const screenings = open.filter((payment) => SCREENING.includes(payment.status))
  const messages: RawMessage[] = []
  messages.push(...(await find(connection, '/v1/authorizations/find', 'np_screening', screenings, decodeScreenings)))
  messages.push(...(await find(connection, '/v1/transactions/payments/find', 'np_status', open, decodePaymentStates)))
  messages.push(...(await findStatements(connection, known)))
  return messages
}

async function find<R>(
  connection: Connection,
  path: string,
  kind: string,
  open: readonly OpenPayment[],
  decode: (status: number, body: string) => NpAnswer<R>,
): Promise<RawMessage[]> {
  const messages: RawMessage[] = []
  for (const chunk of chunkForCalls(open)) {
    const body = encodeReferences(chunk.map((payment) => ({ npTransactionId: payment.providerId })))
    const reply = await askNp(connection, { method: 'POST', path, body }, decode)
    if (reply.kind === 'refused') throw new ProviderUnreachable(reply.codes.join())
    if (reply.kind !== 'answered') throw new ProviderUnreachable(reply.cause)
    for (const row of resultRows(reply.body)) messages.push(rowMessage(kind, row, reply.contentType, reply.at))
  }
  return messages
}

/** The key holds the row's own words, so that an unchanged state is a repeat and nothing is stored. */
function rowMessage(kind: string, row: Record<string, unknown>, contentType: string, saidAt: string): RawMessage {
  const providerId = String(row['np_transaction_id'])
  const body = JSON.stringify({ results: [row] })
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return {
    kind,
    uniqueKey: `${kind}:${providerId}:${digest}`,
    providerId,
    contentType,
    body: new TextEncoder().encode(body),
    saidAt,
  }
}

async function findStatements(connection: Connection, known: KnownStatements): Promise<RawMessage[]> {
  const query = encodeStatementFind(known.closedFrom === null ? {} : { closedFrom: known.closedFrom })
  const list = await get(connection, { method: 'POST', path: '/v1/payment_statements/find', body: query })
  return statementNews(npStatements, list, known, (number) =>
    get(connection, { method: 'GET', path: `/v1/payment_statements/${encodeURIComponent(number)}.csv` }),
  )
}

async function get(connection: Connection, request: Parameters<typeof callNp>[1]) {
  const answer = await callNp(connection, request)
  if (answer.kind === 'answer' && answer.status === 200) return answer
  throw new ProviderUnreachable(answer.kind === 'answer' ? `HTTP ${answer.status}` : answer.cause)
}
