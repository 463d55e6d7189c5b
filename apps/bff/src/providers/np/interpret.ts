/** Reading kept NP messages: the same bytes always say the same, so a replay is a repeat. */
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { Interpreted, RawMessage } from '../port.ts'
import { interpretStatement, interpretStatementPaid } from '../statement.ts'
import { screeningNews, statusNews } from './news.ts'
import { npStatements } from './statement-file.ts'

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
      return interpretStatement(npStatements, message)
    case 'np_statement_paid':
      return interpretStatementPaid(npStatements, message)
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
