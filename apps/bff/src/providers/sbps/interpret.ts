/** Reading kept SBPS messages: deposit and expiry notices, statement files. */
import { parseJstCompact } from '@choba/shared/dates.ts'
import { parseYen } from '@choba/shared/money.ts'
import { decodeLinkForm } from '@choba/wire/sbps/form.ts'
import { decodeNotice, DEPOSIT_NOTICE, type DepositNotice } from '@choba/wire/sbps/notice.ts'
import { type Connection, secretOf } from '../../core/connection.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import type { Interpreted, RawMessage } from '../port.ts'
import { interpretStatement, interpretStatementPaid } from '../statement.ts'
import { keysOf } from './client.ts'
import { linkNews } from './link-result.ts'
import { readUndone, UNDONE_KIND } from './link-standing.ts'
import { sbpsStatements } from './statements.ts'

type Message = Omit<RawMessage, 'uniqueKey'>

export function interpretSbps(connection: Connection, message: Message): Interpreted {
  switch (message.kind) {
    case 'sbps_notice':
      return notice(connection, message)
    case 'sbps_link_notice':
      return linkNotice(connection, message)
    case UNDONE_KIND: {
      const news = readUndone(connection, message)
      if (news === undefined) return { kind: 'unreadable', reason: 'payment_status' }
      return { kind: 'news', providerId: message.providerId ?? '', news }
    }
    case 'sbps_statement':
      return interpretStatement(sbpsStatements, message)
    case 'sbps_statement_paid':
      return interpretStatementPaid(sbpsStatements, message)
    default:
      return { kind: 'unreadable', reason: `no such message: ${message.kind}` }
  }
}

function linkNotice(connection: Connection, message: Message): Interpreted {
  const decoded = decodeLinkForm('A02-1', message.body, secretOf(connection, 'hashKey'))
  if (!decoded.ok) return { kind: 'unreadable', reason: decoded.reason }
  if (!decoded.checksumHolds) return { kind: 'unreadable', reason: 'checksum' }
  const news = linkNews(connection, decoded.values, message.saidAt)
  if (news === undefined) return { kind: 'unreadable', reason: `res_result ${decoded.values['res_result'] ?? ''}` }
  return { kind: 'news', providerId: message.providerId ?? '', news }
}

function notice(connection: Connection, message: Message): Interpreted {
  const decoded = decodeNotice(message.body, keysOf(connection))
  if (!decoded.ok) return { kind: 'unreadable', reason: decoded.reason }
  if (!decoded.checksumHolds) return { kind: 'unreadable', reason: 'checksum' }
  const { notice: said } = decoded
  if (said.functionId !== DEPOSIT_NOTICE) {
    return { kind: 'news', providerId: said.trackingId, news: [{ at: message.saidAt, news: { kind: 'slip_expired' } }] }
  }
  const news = depositNews(said as DepositNotice, message.saidAt)
  return news === undefined
    ? { kind: 'unreadable', reason: 'rec_amount_total' }
    : { kind: 'news', providerId: said.trackingId, news: [news] }
}

/** The running total decides; a cancelled report has lowered it already (sbps-protocol 2.8). */
function depositNews(said: DepositNotice, saidAt: string): DatedNews | undefined {
  const totalYen = parseYen(said.totalAmount)
  if (totalYen === undefined) return undefined
  const certainty = said.report === '1' || said.report === '2' ? 'preliminary' : 'definite'
  return {
    at: parseJstCompact(said.receivedAt)?.toISOString() ?? saidAt,
    news: { kind: 'deposit', certainty, totalYen },
  }
}
