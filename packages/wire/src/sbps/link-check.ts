/** Checks a Link purchase request field by field, and names the first fault as an error code `mmm tt iii`. */
import { encodeCp932 } from '../cp932.ts'
import type { LinkFunction } from './link-fields.ts'
import { LINK_LAYOUTS } from './link-fields.ts'
import type { SbpsMessage, Values } from './message.ts'
import { findTag } from './tags.ts'

export type LinkFault = { readonly tag: string; readonly errorCode: string }

type Rule = {
  readonly kind: '9' | 'X' | 'id' | 'M' | 'url'
  readonly maxBytes: number
  readonly exact?: boolean
  readonly required?: boolean
  readonly values?: readonly string[]
}

/** Errors of the page itself belong to no method. */
const METHOD = '999'

/** Lengths up to order_id are public; the rest is what public clients send, and those of addresses are assumed. */
const RULES: Readonly<Record<string, Rule>> = {
  pay_method: { kind: 'X', maxBytes: 1000 },
  merchant_id: { kind: '9', maxBytes: 5, exact: true, required: true },
  service_id: { kind: '9', maxBytes: 3, exact: true, required: true },
  cust_code: { kind: 'X', maxBytes: 64, required: true },
  sps_cust_no: { kind: '9', maxBytes: 12 },
  sps_payment_no: { kind: '9', maxBytes: 3 },
  order_id: { kind: 'id', maxBytes: 38, required: true },
  item_id: { kind: 'id', maxBytes: 32, required: true },
  pay_item_id: { kind: 'id', maxBytes: 32 },
  item_name: { kind: 'M', maxBytes: 40 },
  tax: { kind: '9', maxBytes: 7 },
  amount: { kind: '9', maxBytes: 7, required: true },
  pay_type: { kind: '9', maxBytes: 1, required: true, values: ['0', '1', '2'] },
  auto_charge_type: { kind: '9', maxBytes: 1, values: ['0', '1'] },
  service_type: { kind: '9', maxBytes: 1, required: true, values: ['0', '1'] },
  div_settele: { kind: '9', maxBytes: 1, values: ['0'] },
  last_charge_month: { kind: '9', maxBytes: 6, exact: true },
  camp_type: { kind: '9', maxBytes: 1, values: ['0', '1'] },
  tracking_id: { kind: '9', maxBytes: 14, exact: true },
  terminal_type: { kind: '9', maxBytes: 1, values: ['0', '1'] },
  success_url: { kind: 'url', maxBytes: 1024, required: true },
  cancel_url: { kind: 'url', maxBytes: 1024, required: true },
  error_url: { kind: 'url', maxBytes: 1024, required: true },
  pagecon_url: { kind: 'url', maxBytes: 1024, required: true },
  free1: { kind: 'M', maxBytes: 20 },
  free2: { kind: 'M', maxBytes: 20 },
  free3: { kind: 'M', maxBytes: 20 },
  free_csv: { kind: 'X', maxBytes: 4096 },
  dtl_rowno: { kind: '9', maxBytes: 4, required: true },
  dtl_item_id: { kind: 'id', maxBytes: 32, required: true },
  dtl_item_name: { kind: 'M', maxBytes: 40, required: true },
  dtl_item_count: { kind: '9', maxBytes: 6 },
  dtl_tax: { kind: '9', maxBytes: 7 },
  dtl_amount: { kind: '9', maxBytes: 9 },
  dtl_free1: { kind: 'M', maxBytes: 20 },
  dtl_free2: { kind: 'M', maxBytes: 20 },
  dtl_free3: { kind: 'M', maxBytes: 20 },
  request_date: { kind: '9', maxBytes: 14, exact: true, required: true },
  limit_second: { kind: '9', maxBytes: 4 },
}

/** Faults in the specification's order; empty when the request is as it should be. */
export function listLinkFaults(fn: LinkFunction, message: SbpsMessage): LinkFault[] {
  const layout = LINK_LAYOUTS[fn]
  return [
    ...faultsIn(layout.head, message.values, fn),
    ...(message.rows ?? []).flatMap((row) => faultsIn(layout.detail, row, fn)),
    ...faultsIn(layout.tail, message.values, fn),
    ...(fn === 'A01-1' ? dependentFaults(message.values) : []),
    ...(fn === 'D01-1' ? applicationFaults(message.values) : []),
  ]
}

function faultsIn(tags: readonly string[], values: Values, fn: LinkFunction): LinkFault[] {
  return tags.flatMap((tag) => {
    const rule = RULES[tag]
    const type = rule && faultType(ruleOf(rule, tag, fn), values[tag] ?? '')
    return type === undefined ? [] : [{ tag, errorCode: codeOf(type, tag) }]
  })
}

/** The application D01-1 knows two service types more. */
function ruleOf(rule: Rule, tag: string, fn: LinkFunction): Rule {
  return fn === 'D01-1' && tag === 'service_type' ? { ...rule, values: ['0', '1', '2', '3'] } : rule
}

function faultType(rule: Rule, text: string): string | undefined {
  if (text === '') return rule.required ? '03' : undefined
  if (!isOfKind(rule.kind, text)) return '04'
  const bytes = encodeCp932(text).bytes.length
  if (bytes > rule.maxBytes) return '05'
  if (rule.exact && bytes !== rule.maxBytes) return '06'
  return rule.values && !rule.values.includes(text) ? '07' : undefined
}

function isOfKind(kind: Rule['kind'], text: string): boolean {
  switch (kind) {
    case '9':
      return /^\d+$/.test(text)
    case 'id':
      return /^[0-9A-Za-z_-]+$/.test(text)
    case 'url':
      return /^https?:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text)
    case 'X':
      return /^[\x20-\x7e]+$/.test(text)
    default:
      return !/[\t\r\n]/.test(text)
  }
}

/** What one field asks of another. */
function dependentFaults(values: Values): LinkFault[] {
  const has = (tag: string) => (values[tag] ?? '') !== ''
  const missing = (tag: string): LinkFault[] => (has(tag) ? [] : [{ tag, errorCode: codeOf('03', tag) }])
  if (values['service_type'] === '1') return missing('tracking_id')
  const faults: LinkFault[] =
    Number(values['amount'] ?? '') >= 1 ? [] : [{ tag: 'amount', errorCode: codeOf('07', 'amount') }]
  if (values['pay_type'] === '0') return faults
  return [...faults, ...missing('auto_charge_type'), ...missing('div_settele')]
}

/** All but a new application name their method, and what they are about. */
function applicationFaults(values: Values): LinkFault[] {
  if ((values['service_type'] ?? '') === '0') return []
  const wanted = values['service_type'] === '1' ? ['pay_method', 'tracking_id'] : ['pay_method']
  return wanted.filter((tag) => (values[tag] ?? '') === '').map((tag) => ({ tag, errorCode: codeOf('03', tag) }))
}

function codeOf(type: string, tag: string): string {
  return `${METHOD}${type}${findTag(tag)?.item ?? '999'}`
}
