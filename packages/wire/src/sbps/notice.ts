/**
 * Notices from SBPS about convenience-store payments (raw XML, POST) and the merchant's acknowledgement: NT01-00103-701
 * tells of a deposit, NT01-00104-701 that the due date passed. The checksum is taken over the decrypted values in
 * document order, as Shift_JIS.
 */
import { encodeCp932 } from '../cp932.ts'
import { checksumOfBytes, checksumsEqual } from './checksum.ts'
import { ENCRYPTED_GROUPS, readLeaf, writeLeaf } from './leaves.ts'
import { type SbpsKeys, type Unreadable, unreadable, type Unwritable, type Written } from './message.ts'
import { leafXml, parseXml, REQUEST_DECLARATION, RESPONSE_DECLARATION, type XmlElement } from './xml.ts'

export const DEPOSIT_NOTICE = 'NT01-00103-701'
export const EXPIRY_NOTICE = 'NT01-00104-701'

/** 1 preliminary, 2 preliminary cancelled, 3 definite, 4 definite cancelled. */
export type DepositReport = '1' | '2' | '3' | '4'

type NoticeHead = {
  readonly merchantId: string
  readonly serviceId: string
  readonly transactionId: string
  readonly trackingId: string
  /** Present when the merchant's option is on. */
  readonly orderId?: string
  /** YYYYMMDD or YYYYMMDDHHMMSS, Japan time. */
  readonly receivedAt: string
  readonly requestDate: string
}

export type DepositNotice = NoticeHead & {
  readonly functionId: typeof DEPOSIT_NOTICE
  readonly report: DepositReport
  readonly amount: string
  readonly totalAmount: string
  readonly mail: string
  readonly extra: string
}

export type ExpiryNotice = NoticeHead & { readonly functionId: typeof EXPIRY_NOTICE }
export type Notice = DepositNotice | ExpiryNotice

export function encodeNotice(notice: Notice, keys: SbpsKeys, encrypted: boolean): Written | Unwritable {
  const hashed: Uint8Array[] = []
  let body = ''
  for (const [tag, text] of headLeaves(notice)) {
    const leaf = writeLeaf(tag, text, undefined)
    if (!leaf.ok) return leaf
    hashed.push(leaf.bytes)
    body += leafXml(tag, leaf.wire)
  }
  if (notice.functionId === DEPOSIT_NOTICE) {
    let group = ''
    for (const [tag, text] of depositLeaves(notice)) {
      const leaf = writeLeaf(tag, text, encrypted ? keys : undefined)
      if (!leaf.ok) return leaf
      hashed.push(leaf.bytes)
      group += leafXml(tag, leaf.wire)
    }
    body += `<pay_method_info>${group}</pay_method_info>`
  }
  hashed.push(encodeCp932(notice.requestDate).bytes)
  body += leafXml('request_date', notice.requestDate) + leafXml('sps_hashcode', checksumOfBytes(hashed, keys.hashKey))
  const xml = `${REQUEST_DECLARATION}\n<sps-api-request id="${notice.functionId}">${body}</sps-api-request>`
  return { ok: true, bytes: encodeCp932(xml).bytes }
}

function headLeaves(notice: Notice): [string, string][] {
  return [
    ['merchant_id', notice.merchantId],
    ['service_id', notice.serviceId],
    ['sps_transaction_id', notice.transactionId],
    ['tracking_id', notice.trackingId],
    ...(notice.orderId === undefined ? [] : ([['order_id', notice.orderId]] as [string, string][])),
    ['rec_datetime', notice.receivedAt],
  ]
}

function depositLeaves(notice: DepositNotice): [string, string][] {
  return [
    ['rec_type', notice.report],
    ['rec_amount', notice.amount],
    ['rec_amount_total', notice.totalAmount],
    ['res_mail', notice.mail],
    ['rec_extra', notice.extra],
  ]
}

export type ReadNotice = { readonly ok: true; readonly notice: Notice; readonly checksumHolds: boolean }

/**
 * Whether pay_method_info is encrypted is a matter of the contract and not written in the notice: both ways are tried,
 * and the one whose checksum holds is taken.
 */
export function decodeNotice(bytes: Uint8Array, keys: SbpsKeys): ReadNotice | Unreadable {
  const root = parseXml(bytes)
  if (typeof root === 'string') return unreadable(root)
  if (root.tag !== 'sps-api-request') return unreadable('root')
  if (root.id !== DEPOSIT_NOTICE && root.id !== EXPIRY_NOTICE) return unreadable('function')
  const encrypted = readNotice(root, keys, true)
  if (encrypted.ok && encrypted.checksumHolds) return encrypted
  const plain = readNotice(root, keys, false)
  return plain.ok || !encrypted.ok ? plain : encrypted
}

function readNotice(root: XmlElement, keys: SbpsKeys, encrypted: boolean): ReadNotice | Unreadable {
  const texts = new Map<string, string>()
  const hashed: Uint8Array[] = []
  const fault = collect(root, encrypted ? keys : undefined, texts, hashed)
  if (fault) return fault
  const notice = toNotice(root.id!, texts)
  if ('ok' in notice) return notice
  return {
    ok: true,
    notice,
    checksumHolds: checksumsEqual(checksumOfBytes(hashed, keys.hashKey), texts.get('sps_hashcode') ?? ''),
  }
}

function collect(
  parent: XmlElement,
  keys: SbpsKeys | undefined,
  texts: Map<string, string>,
  hashed: Uint8Array[],
): Unreadable | undefined {
  for (const child of parent.children) {
    if (child.children.length > 0) {
      const fault = collect(child, keys, texts, hashed)
      if (fault) return fault
      continue
    }
    if (texts.has(child.tag)) return unreadable('duplicate', child.tag)
    const leaf = readLeaf(child, ENCRYPTED_GROUPS.has(parent.tag) ? keys : undefined)
    if (!('bytes' in leaf)) return leaf
    texts.set(child.tag, leaf.text)
    if (child.tag !== 'sps_hashcode') hashed.push(leaf.bytes)
  }
  return undefined
}

const PATTERNS: Readonly<Record<string, RegExp>> = {
  merchant_id: /^\d{5}$/,
  service_id: /^\d{3}$/,
  sps_transaction_id: /^[0-9A-Za-z]{0,32}$/,
  tracking_id: /^\d{1,14}$/,
  rec_datetime: /^\d{8}(\d{6})?$/,
  request_date: /^\d{14}$/,
  rec_type: /^[1-4]$/,
  rec_amount: /^-?\d{1,9}$/,
  rec_amount_total: /^-?\d{1,9}$/,
}

function toNotice(functionId: string, texts: ReadonlyMap<string, string>): Notice | Unreadable {
  const needed = Object.keys(PATTERNS).slice(0, functionId === DEPOSIT_NOTICE ? undefined : 6)
  for (const tag of needed) if (!PATTERNS[tag]!.test(texts.get(tag) ?? '')) return unreadable('value', tag)
  const text = (tag: string) => texts.get(tag) ?? ''
  const orderId = texts.get('order_id')
  const head = {
    merchantId: text('merchant_id'),
    serviceId: text('service_id'),
    transactionId: text('sps_transaction_id'),
    trackingId: text('tracking_id'),
    ...(orderId === undefined ? {} : { orderId }),
    receivedAt: text('rec_datetime'),
    requestDate: text('request_date'),
  }
  if (functionId === EXPIRY_NOTICE) return { functionId: EXPIRY_NOTICE, ...head }
  return {
    functionId: DEPOSIT_NOTICE,
    ...head,
    report: text('rec_type') as DepositReport,
    amount: text('rec_amount'),
    totalAmount: text('rec_amount_total'),
    mail: text('res_mail'),
    extra: text('rec_extra'),
  }
}

export type NoticeAck = { readonly functionId: string; readonly result: 'OK' | 'NG'; readonly message?: string }

export function encodeNoticeAck(ack: NoticeAck): Uint8Array {
  // A message that Shift_JIS cannot hold whole keeps its place with 〓: a refusal must not fail for its words.
  const message = ack.message === undefined ? '' : leafXml('res_err_msg', messageBase64(ack.message))
  const xml = `${RESPONSE_DECLARATION}\n<sps-api-response id="${ack.functionId}">${leafXml('res_result', ack.result)}${message}</sps-api-response>`
  return encodeCp932(xml).bytes
}

export function decodeNoticeAck(bytes: Uint8Array): ({ readonly ok: true } & NoticeAck) | Unreadable {
  const root = parseXml(bytes)
  if (typeof root === 'string') return unreadable(root)
  if (root.tag !== 'sps-api-response') return unreadable('root')
  const texts = new Map<string, string>()
  const fault = collect(root, undefined, texts, [])
  if (fault) return fault
  const result = texts.get('res_result')
  if (result !== 'OK' && result !== 'NG') return unreadable('value', 'res_result')
  const message = texts.get('res_err_msg')
  return { ok: true, functionId: root.id ?? '', result, ...(message === undefined ? {} : { message }) }
}

function messageBase64(message: string): string {
  return Buffer.from(encodeCp932(message).bytes).toString('base64')
}
