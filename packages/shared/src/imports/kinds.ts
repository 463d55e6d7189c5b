/** What can be brought in by file, and what each kind asks of a file's columns. A new kind is one more entry. */
import { ORDER_FIELDS } from './order-fields.ts'
import { HISTORY_FIELDS, PROVIDER_LIST_FIELDS } from './history-fields.ts'
import { SLIP_FIELDS } from './slip-fields.ts'
import type { ImportKind } from './names.ts'

/** One thing a row says. `aliases` are headers it is known by, beside its own words. */
export type ImportField = {
  readonly id: string
  readonly required: boolean
  readonly aliases: readonly string[]
}

export const IMPORT_FIELDS: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  orders: ORDER_FIELDS,
  history: HISTORY_FIELDS,
  provider_list: PROVIDER_LIST_FIELDS,
  slips: SLIP_FIELDS,
}

/** Field → column, counted from 0. */
export type ImportMapping = Readonly<Record<string, number>>

/** Required fields that no column is given for. */
export function missingFields(kind: ImportKind, mapping: ImportMapping): string[] {
  return IMPORT_FIELDS[kind].filter((field) => field.required && mapping[field.id] === undefined).map(({ id }) => id)
}

/** Headers are compared without width, case, spaces and brackets. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・.．。_()[\]「」【】:：/\-*※]/g, '')
}

/** The columns whose headers a field is known by; each column serves one field. */
export function guessMapping(kind: ImportKind, header: readonly string[]): ImportMapping {
  const keys = header.map(headerKey)
  const mapping: Record<string, number> = {}
  const taken = new Set<number>()
  for (const field of IMPORT_FIELDS[kind]) {
    for (const alias of field.aliases) {
      const at = keys.findIndex((key, index) => key === headerKey(alias) && !taken.has(index))
      if (at < 0) continue
      mapping[field.id] = at
      taken.add(at)
      break
    }
  }
  return mapping
}
