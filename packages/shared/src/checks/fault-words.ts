/** A fault in words: which field, what is wrong with it and what to do. */
import { fill, label, type Language } from '../labels/labels.ts'
import type { OrderFault } from './np-order.ts'

export function faultWords(language: Language, fault: Pick<OrderFault, 'field' | 'problem' | 'params'>): string {
  return fill(label(language, 'check', fault.problem), {
    ...grouped(fault.params),
    field: fieldName(language, fault.field),
  })
}

/** `customer.zip` as a clerk would say it. */
export function fieldName(language: Language, field: string): string {
  const [side = '', inner, leaf] = field.split('.')
  if (side === 'goods' && inner !== undefined)
    return `${label(language, 'check_field', 'goods')} ${Number(inner) + 1} ${label(language, 'check_field', leaf === 'name' ? 'goods_name' : (leaf ?? ''))}`
  if (inner === undefined) return label(language, 'check_field', side)
  return fill(label(language, 'check_side', side), { field: label(language, 'check_field', inner) })
}

function grouped(params: OrderFault['params']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'number' ? value.toLocaleString('ja-JP') : value,
    ]),
  )
}
