/** Asking NP for news: it pushes nothing, so open payments and statements are polled (np-postpaid 2.2). */
import { createHash } from 'node:crypto'
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import { encodeReferences } from '@choba/wire/np/encode-requests.ts'
import { chunkForCalls } from '@choba/wire/np/limits.ts'
import type { NpAnswer } from '@choba/wire/np/messages.ts'
import { decodeStatements, encodeStatementFind } from '@choba/wire/np/statements.ts'
import type { Connection } from '../../core/connection.ts'
import { type KnownStatements, type OpenPayment, ProviderUnreachable, type RawMessage } from '../port.ts'
import { askNp, callNp } from './client.ts'
import { resultRows } from './news.ts'
import { statementKey } from './statement-file.ts'

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
  const answer = await callNp(connection, { method: 'POST', path: '/v1/payment_statements/find', body: query })
  if (answer.kind !== 'answer' || answer.status !== 200)
    throw new ProviderUnreachable(answer.kind === 'answer' ? `HTTP ${answer.status}` : answer.cause)
  const decoded = decodeStatements(new TextDecoder().decode(answer.body))
  if (!decoded.ok) throw new ProviderUnreachable(`unreadable statement list at ${decoded.refusal.path}`)
  const rows = new Map(resultRows(answer.body).map((row) => [String(row['statement_no']), row]))
  const messages: RawMessage[] = []
  for (const statement of decoded.value) {
    const number = statement.statementNumber
    const head = { head: rows.get(number) }
    if (!known.closed.has(number)) messages.push(await fetchStatement(connection, number, head, answer.at))
    if (statement.status === 'paid' && !known.paid.has(number)) {
      const body = new TextEncoder().encode(JSON.stringify({ results: [rows.get(number)] }))
      messages.push({
        kind: 'np_statement_paid',
        uniqueKey: `statement_paid:${number}`,
        providerId: null,
        contentType: answer.contentType,
        body,
        saidAt: answer.at,
      })
    }
  }
  return messages
}

async function fetchStatement(
  connection: Connection,
  number: string,
  context: Record<string, unknown>,
  saidAt: string,
): Promise<RawMessage> {
  const file = await callNp(connection, {
    method: 'GET',
    path: `/v1/payment_statements/${encodeURIComponent(number)}.csv`,
  })
  if (file.kind !== 'answer' || file.status !== 200)
    throw new ProviderUnreachable(file.kind === 'answer' ? `HTTP ${file.status}` : file.cause)
  return {
    kind: 'np_statement',
    uniqueKey: statementKey(number),
    providerId: null,
    contentType: file.contentType,
    body: file.body,
    context,
    saidAt,
  }
}
