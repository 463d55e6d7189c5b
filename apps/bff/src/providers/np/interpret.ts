/** Reading kept NP messages: the same bytes always say the same, so a replay is a repeat. */
import { yen } from '@choba/shared/money.ts'
import { decodePaymentStates, decodeScreenings } from '@choba/wire/np/answers.ts'
import {
  decodeStatementCsv,
  decodeStatements,
  type NpStatement,
  type NpStatementLine,
} from '@choba/wire/np/statements.ts'
import { atTime } from '@choba/shared/dates.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { FeeLine } from '../../domain/payment/events.ts'
import type { Interpreted, RawMessage } from '../port.ts'
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
    case 'np_statement_paid': {
      const head = statementHead(message.body)
      if (head?.transferredOn === undefined) return { kind: 'unreadable', reason: 'no transfer date' }
      return {
        kind: 'statement_paid',
        statementNumber: head.statementNumber,
        paidOn: head.transferredOn,
        saidAt: message.saidAt,
      }
    }
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
  const csv = decodeStatementCsv(message.body)
  if (!csv.ok) {
    const problem = csv.problems[0]
    return {
      kind: 'unreadable',
      reason: `line ${problem?.line ?? 0}: ${problem?.column ?? ''} ${problem?.problem ?? ''}`,
    }
  }
  const at = atTime(head.closedOn, 18).toISOString()
  return {
    kind: 'statement',
    head: {
      statementNumber: head.statementNumber,
      method: 'np_postpaid',
      closingOn: head.closedOn,
      payOn: head.paymentOn,
      grossYen: head.grossAmountYen,
      transferYen: head.transferAmountYen,
    },
    lines: csv.lines.map((row, index) => ({
      line: index + 1,
      providerId: row.npTransactionId,
      orderNumber: row.shopTransactionId,
      grossYen: row.grossYen,
      feeYen: row.feeYen,
      feeTaxYen: row.feeTaxYen,
      transferYen: row.transferYen,
      news: {
        at,
        news: {
          kind: 'statement_line',
          statementNumber: head.statementNumber,
          line: index + 1,
          closingOn: head.closedOn,
          payOn: head.paymentOn,
          grossYen: yen(row.grossYen),
          fees: feesOf(row),
        },
      },
    })),
  }
}

/** The old layout prints one fee column with its tax (np-postpaid 3); the tax is taken as printed. */
function feesOf(row: NpStatementLine): FeeLine[] {
  if (row.feeYen === 0 && row.feeTaxYen === 0) return []
  return [
    {
      kind: 'rate',
      taxClass: row.feeTaxYen === 0 ? 'non_taxable' : 'taxable10',
      amountYen: yen(row.feeYen),
      taxYen: yen(row.feeTaxYen),
    },
  ]
}
