/** What is wrong with a row of a file, in words: the field by the name of its column's meaning. */
import { fill, label, type Language } from '../labels/labels.ts'
import type { ImportFault } from '../contracts/imports.ts'

const GROUPS = ['import_fault', 'check', 'refusal', 'reason'] as const

export function importFaultWords(language: Language, fault: Omit<ImportFault, 'level'>): string {
  const params = Object.fromEntries(
    Object.entries(fault.params).map(([key, value]) => [
      key,
      typeof value === 'number' ? value.toLocaleString('ja-JP') : value,
    ]),
  )
  const field = fault.field === null ? '' : label(language, 'import_field', fault.field)
  return fill(codeWords(language, fault.code), { ...params, field })
}

/** Why a row was refused or failed: our own word, the action table's, or the provider's. */
export function codeWords(language: Language, code: string): string {
  for (const group of GROUPS) {
    const words = label(language, group, code)
    if (words !== code) return words
  }
  return code
}
