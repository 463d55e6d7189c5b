/** A connection that hears deposit notices, slips that wait for their deposit, and the notices themselves. */
import { yen } from '@choba/shared/money.ts'
import { DEPOSIT_NOTICE, encodeNotice } from '@choba/wire/sbps/notice.ts'
import { connectionContext, secretBox } from '../core/secret-box.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Db } from '../db/client.ts'
import { recordBulk } from '../ledger/record-bulk.ts'
import { changeOf, type TestMerchant } from '../testing/factory.ts'
import { makeMerchant } from './load.ts'

const SETTINGS = { merchantId: '10001', serviceId: '001' }
/** The account that notices are sent to; another one for each run on a kept database. */
export const ACCOUNT = `10001-${Date.now()}`
const KEYS = { hashKey: 'hash-key-of-the-benchmark', tripleDesKey: '0123456789abcdef01234567', tripleDesIv: '01234567' }

export const NOTICE_PATH = `/notices/sbps/${ACCOUNT}`
export const NOTICE_TYPE = 'text/xml'
export const DEPOSITED_AT = '2026-11-24T03:00:00.000Z'
export const AMOUNT_YEN = yen(3_980)

export type Slip = { readonly paymentId: string; readonly providerId: string; readonly notice: Uint8Array }

export async function openConvenienceStore(db: Db, secret: string, account: string): Promise<TestMerchant> {
  const merchant = await makeMerchant(db, '通知商店', 1)
  const [shopId = ''] = merchant.shops
  const connectionId = uuidv7()
  const { merchantId } = merchant
  await db.owner
    .insertInto('connection')
    .values({
      merchantId,
      connectionId,
      shopId,
      provider: 'sbps',
      connectionMethod: 'api',
      methods: ['convenience_store'],
      baseUrl: 'http://127.0.0.1:1',
      settings: JSON.stringify({ ...SETTINGS, account }),
      secretBox: secretBox(secret).seal(JSON.stringify(KEYS), connectionContext(merchantId, connectionId)),
      validFrom: '2020-01-01',
    })
    .execute()
  // The connection of the factory cannot be opened; this merchant has ours alone.
  await db.owner
    .deleteFrom('connection')
    .where('connectionId', '=', merchant.connections[shopId] ?? '')
    .execute()
  return { ...merchant, connections: { [shopId]: connectionId } }
}

let serial = 0

export async function issueSlips(db: Db, merchant: TestMerchant, count: number): Promise<Slip[]> {
  const slips: Slip[] = []
  const changes = Array.from({ length: count }, () => {
    serial += 1
    const providerId = `9${String(serial).padStart(13, '0')}`
    const slip = {
      kind: 'slip_issued',
      providerId,
      transactionId: null,
      store: 'lawson',
      numbers: [providerId],
      payBy: '2026-11-30',
    } as const
    const order = {
      method: 'convenience_store',
      orderNumber: `N${providerId}`,
      orderedAt: '2026-11-23T03:00:00.000Z',
      amountYen: AMOUNT_YEN,
    } as const
    const change = changeOf(merchant, order, [{ at: '2026-11-23T03:00:01.000Z', news: slip as never }])
    slips.push({ paymentId: change.paymentId, providerId, notice: noticeOf(providerId) })
    return change
  })
  await recordBulk(db, merchant.merchantId, changes)
  return slips
}

function noticeOf(trackingId: string): Uint8Array {
  const { merchantId, serviceId } = SETTINGS
  const deposit = {
    report: '1',
    amount: String(AMOUNT_YEN),
    totalAmount: String(AMOUNT_YEN),
    mail: '',
    extra: '',
  } as const
  const head = { transactionId: trackingId, trackingId, receivedAt: '20261124120000', requestDate: '20261124120001' }
  const written = encodeNotice({ functionId: DEPOSIT_NOTICE, merchantId, serviceId, ...head, ...deposit }, KEYS, false)
  if (!written.ok) throw new Error('a notice that cannot be written')
  return written.bytes
}
