/** API answers, both ways. They carry no checksum. */
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import { ENCRYPTED_GROUPS, readLeaf, writeLeaf } from './leaves.ts'
import { type SbpsKeys, type Unreadable, unreadable, type Values } from './message.ts'
import { leafXml, parseXml, RESPONSE_DECLARATION, type XmlElement } from './xml.ts'

export type ApiAnswer = {
  /** Missing when the request was refused by validation. */
  readonly functionId?: string
  readonly result: 'OK' | 'NG'
  /** 32 characters; missing on NG. */
  readonly transactionId?: string
  /** 14 digits; on settlement functions (ST01) only. */
  readonly trackingId?: string
  /** On inquiries: 0 normal, 1 error. */
  readonly status?: string
  /** res_pay_method_info. */
  readonly methodInfo?: Values
  /** res_pay_method_info_detail inside it: the card of an inquiry. */
  readonly methodInfoDetail?: Values
  readonly customerNo?: string
  readonly paymentNo?: string
  /** Card registration by token only. */
  readonly payInfoKey?: string
  /** YYYYMMDDHHMMSS, Japan time; captures and refunds after capture give the day with 000000. */
  readonly processDate?: string
  /** `mmm tt iii`; empty on OK. */
  readonly errorCode: string
  readonly date: string
}

const LINE = '\r\n'

/** `encrypted` follows the request's encrypted_flg. Characters that Shift_JIS lacks are written as 〓, never as `?`. */
export function encodeApiResponse(answer: ApiAnswer, keys: SbpsKeys, encrypted: boolean): Uint8Array {
  const lines = [RESPONSE_DECLARATION]
  lines.push(answer.functionId === undefined ? '<sps-api-response>' : `<sps-api-response id="${answer.functionId}">`)
  const leaf = (tag: string, text: string | undefined) => text !== undefined && lines.push(`  ${leafXml(tag, text)}`)
  leaf('res_result', answer.result)
  leaf('res_sps_transaction_id', answer.transactionId)
  leaf('res_tracking_id', answer.trackingId)
  leaf('res_status', answer.status)
  writeMethodInfo(lines, answer, encrypted ? keys : undefined)
  if (answer.customerNo !== undefined) {
    lines.push('  <res_sps_info>')
    lines.push(`    ${leafXml('res_sps_cust_no', answer.customerNo)}`)
    lines.push(`    ${leafXml('res_sps_payment_no', answer.paymentNo ?? '')}`)
    if (answer.payInfoKey !== undefined) lines.push(`    ${leafXml('res_payinfo_key', answer.payInfoKey)}`)
    lines.push('  </res_sps_info>')
  }
  leaf('res_process_date', answer.processDate)
  leaf('res_err_code', answer.errorCode)
  leaf('res_date', answer.date)
  lines.push('</sps-api-response>')
  return encodeCp932(lines.join(LINE)).bytes
}

function writeMethodInfo(lines: string[], answer: ApiAnswer, keys: SbpsKeys | undefined): void {
  if (answer.methodInfo === undefined) return
  lines.push('  <res_pay_method_info>')
  if (answer.methodInfoDetail) {
    lines.push('    <res_pay_method_info_detail>')
    for (const line of infoLeaves(answer.methodInfoDetail, keys)) lines.push(`      ${line}`)
    lines.push('    </res_pay_method_info_detail>')
  }
  for (const line of infoLeaves(answer.methodInfo, keys)) lines.push(`    ${line}`)
  lines.push('  </res_pay_method_info>')
}

function infoLeaves(info: Values, keys: SbpsKeys | undefined): string[] {
  return Object.entries(info).map(([tag, text]) => {
    const mapped = decodeCp932(encodeCp932(text).bytes) ?? ''
    const leaf = writeLeaf(tag, mapped, keys)
    return leafXml(tag, leaf.ok ? leaf.wire : '')
  })
}

export type ReadApiAnswer = { readonly ok: true } & ApiAnswer

/** `encrypted` must be what the request said in encrypted_flg. */
export function decodeApiResponse(bytes: Uint8Array, keys: SbpsKeys, encrypted: boolean): ReadApiAnswer | Unreadable {
  const root = parseXml(bytes)
  if (typeof root === 'string') return unreadable(root)
  if (root.tag !== 'sps-api-response') return unreadable('root')
  const top = new Map<string, string>()
  const info = new Map<string, Values>()
  for (const child of root.children) {
    if (child.children.length === 0) {
      if (top.has(child.tag)) return unreadable('duplicate', child.tag)
      const leaf = readLeaf(child, undefined)
      if (!('bytes' in leaf)) return leaf
      top.set(child.tag, leaf.text)
      continue
    }
    const fault = collectGroup(child, ENCRYPTED_GROUPS.has(child.tag) && encrypted ? keys : undefined, info)
    if (fault) return fault
  }
  const result = top.get('res_result')
  if (result !== 'OK' && result !== 'NG') return unreadable('value', 'res_result')
  const customer = info.get('res_sps_info')
  const answer = dropUndefined({
    functionId: root.id,
    result,
    transactionId: top.get('res_sps_transaction_id'),
    trackingId: top.get('res_tracking_id'),
    status: top.get('res_status'),
    methodInfo: info.get('res_pay_method_info'),
    methodInfoDetail: info.get('res_pay_method_info_detail'),
    customerNo: customer?.['res_sps_cust_no'],
    paymentNo: customer?.['res_sps_payment_no'],
    payInfoKey: customer?.['res_payinfo_key'],
    processDate: top.get('res_process_date'),
    errorCode: top.get('res_err_code') ?? '',
    date: top.get('res_date') ?? '',
  })
  return { ok: true, ...answer }
}

function collectGroup(
  group: XmlElement,
  keys: SbpsKeys | undefined,
  info: Map<string, Values>,
): Unreadable | undefined {
  if (info.has(group.tag)) return unreadable('duplicate', group.tag)
  const values = Object.create(null) as Record<string, string>
  info.set(group.tag, values)
  for (const child of group.children) {
    if (child.children.length > 0) {
      const fault = collectGroup(child, keys, info)
      if (fault) return fault
      continue
    }
    if (child.tag in values) return unreadable('duplicate', child.tag)
    const leaf = readLeaf(child, keys)
    if (!('bytes' in leaf)) return leaf
    values[child.tag] = leaf.text
  }
  return undefined
}

type Loose<T> = { [K in keyof T]: T[K] | undefined }

/** A missing tag is a missing property. The cast holds because the required ones are checked or filled above. */
function dropUndefined(answer: Loose<Required<ApiAnswer>>): ApiAnswer {
  return Object.fromEntries(Object.entries(answer).filter(([, item]) => item !== undefined)) as unknown as ApiAnswer
}
