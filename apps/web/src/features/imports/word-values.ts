/** What a field of words may mean, and how that is said. */
import type { ImportKind } from '@choba/shared/imports/names.ts'
import { knownWord, SKIP_WORD, WORD_FIELDS } from '@choba/shared/imports/words.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'

/** The meaning of a cell, where it is known. */
export function wordValue(kind: ImportKind, field: string, value: string): string | undefined {
  const values = WORD_FIELDS[kind][field]
  if (values === undefined) return undefined
  const known = knownWord(field, value) ?? value
  return [...values, SKIP_WORD].find((each) => each === known)
}

/** A meaning in words, by the table of its field. */
export function valueWords(language: Language, field: string, value: string): string {
  const group = GROUPS[field]
  return group === undefined || value === SKIP_WORD
    ? label(language, 'import_history_state', value)
    : label(language, group, value)
}

const GROUPS: Readonly<Record<string, 'method' | 'site' | 'import_history_state' | 'invoice_delivery'>> = {
  method: 'method',
  state: 'import_history_state',
  site: 'site',
  invoice: 'invoice_delivery',
}
