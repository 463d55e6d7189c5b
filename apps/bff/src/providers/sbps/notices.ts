/** SBPS's XML notices: who may have sent them, what makes two of them the same, and the answer they expect. */
import { decodeNotice, DEPOSIT_NOTICE, encodeNoticeAck, type DepositNotice } from '@choba/wire/sbps/notice.ts'
import { textSetting } from '../../core/connection.ts'
import type { NoticeReader } from '../port.ts'
import { keysOf } from './client.ts'

const CONTENT_TYPE = 'text/xml;charset=Shift_JIS'

export const sbpsNotices: NoticeReader = {
  read(connection, body) {
    const decoded = decodeNotice(body, keysOf(connection))
    if (!decoded.ok) return { kind: 'refused', reason: decoded.reason }
    const { notice } = decoded
    if (!decoded.checksumHolds) return { kind: 'refused', reason: 'checksum' }
    if (
      notice.merchantId !== textSetting(connection, 'merchantId') ||
      notice.serviceId !== textSetting(connection, 'serviceId')
    ) {
      return { kind: 'refused', reason: 'merchant' }
    }
    const { functionId, transactionId, trackingId, receivedAt } = notice
    // A repeat carries a new request date; what it reports is the same.
    const said = functionId === DEPOSIT_NOTICE ? depositKey(notice as DepositNotice) : ''
    return {
      kind: 'notice',
      functionId,
      uniqueKey: `notice:${functionId}:${transactionId}:${trackingId}:${receivedAt}:${said}`,
      providerId: trackingId,
      requestDate: notice.requestDate,
    }
  },
  accept: (functionId) => ({
    accepted: true,
    contentType: CONTENT_TYPE,
    body: encodeNoticeAck({ functionId, result: 'OK' }),
  }),
  refuse: (reason) => ({
    accepted: false,
    contentType: CONTENT_TYPE,
    body: encodeNoticeAck({ functionId: DEPOSIT_NOTICE, result: 'NG', message: reason }),
  }),
}

function depositKey(notice: DepositNotice): string {
  return `${notice.report}:${notice.amount}:${notice.totalAmount}`
}
