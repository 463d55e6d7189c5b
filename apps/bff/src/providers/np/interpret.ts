/** Reading kept NP messages: the same bytes always say the same, so a replay is a repeat. */
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import { decodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { decodeStatements, type NpStatement } from '@choba/wire/np/statements.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { Interpreted, RawMessage } from '../port.ts'
import { paidStatement, statementOf, unreadable } from '../statement.ts'
import { mappingIn, npStatementRows } from './statement-file.ts'
import { screeningNews, statusNews } from './news.ts'

type Message = Omit<RawMessage, 'uniqueKey'>

export function interpretNp(message: Message): Interpreted {
  switch (message.kind) {
    case 'np_screening':
      return first(message, decodeScreenings, (row) => ({
        providerId: row.npTransactionId,
        news: [screeningNews(row, message.saidAt)],
      }))
    case 'np_status':
      return first(message, decodePaymentStates, (row) => ({
        providerId: row.npTransactionId,
        news: [statusNews(row, message.saidAt)],
      }))
    case 'np_statement':
      return statement(message)
    case 'np_statement_paid':
      return paidStatement(statementHead(message.body), message.saidAt)
    default:
      return { kind: 'unreadable', reason: `no such message: ${message.kind}` }
  }
}

type Decoder<R> = (status: number, body: string) => { readonly kind: string; readonly results?: readonly R[] }

function first<R>(
  message: Message,
  decode: Decoder<R>,
  read: (row: R) => { readonly providerId: string; readonly news: readonly DatedNews[] },
): Interpreted {
  const decoded = decode(200, new TextDecoder().decode(message.body))
  const row = decoded.results?.[0]
  return row === undefined ? { kind: 'unreadable', reason: decoded.kind } : { kind: 'news', ...read(row) }
}

function statementHead(bytes: Uint8Array): NpStatement | undefined {
  const decoded = decodeStatements(new TextDecoder().decode(bytes))
  return decoded.ok ? decoded.value[0] : undefined
}

function statement(message: Message): Interpreted {
  const head = statementHead(new TextEncoder().encode(JSON.stringify({ results: [message.context?.['head']] })))
  if (head === undefined) return { kind: 'unreadable', reason: 'no statement head' }
  const csv = decodeStatementCsv(message.body, mappingIn(message.context))
  if (!csv.ok) return unreadable(csv.problems)
  return statementOf(
    {
      statementNumber: head.statementNumber,
      method: 'np_postpaid',
      closingOn: head.closedOn,
      payOn: head.paymentOn,
      grossYen: head.grossAmountYen,
      transferYen: head.transferAmountYen,
      issuerNumber: head.registrationNumber,
    },
    npStatementRows(csv.lines),
  )
}
