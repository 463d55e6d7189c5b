/** What is wrong with a row of a file, in words: the field by the name of its column's meaning. */
import { fill, label, type Language } from '../labels/labels.ts'
import type { ImportFault } from '../contracts/imports.ts'

const GROUPS = ['import_fault', 'check', 'refusal', 'reason'] as const

export function importFaultWords(language: Language, fault: Omit<ImportFault, 'level'>): string {
  const params = Object.fromEntries(
    Object.entries(fault.params).map(([key, value]) => [key, paramWords(language, fault.params, key, value)]),
  )
  const field = fault.field === null ? '' : label(language, 'import_field', fault.field)
  return fill(codeWords(language, fault.code), { ...params, field })
}

/** Numbers are grouped; what has a name in English too carries it beside (`name`, `name_en`). */
function paramWords(
  language: Language,
  params: ImportFault['params'],
  key: string,
  value: string | number,
): string | number {
  if (typeof value === 'number') return value.toLocaleString('ja-JP')
  return language === 'en' ? (params[`${key}_en`] ?? value) : value
}

/** Why a row was refused or failed: our own word, the action table's, or the provider's. */
export function codeWords(language: Language, code: string): string {
  for (const group of GROUPS) {
    const words = label(language, group, code)
    if (words !== code) return words
  }
  return code
}
