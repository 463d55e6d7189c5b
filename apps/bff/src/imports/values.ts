/** Reading a row by its mapping: cells become values of fields, as spreadsheets and carts write them. */
import { headerKey, type ImportMapping } from '@choba/shared/imports/kinds.ts'
import type { ImportReading } from '@choba/shared/imports/words.ts'

export type Values = Readonly<Record<string, string>>

/** What was corrected stands before what the file says; words that were told are put into ours. */
export function valuesOf(
  cells: readonly string[],
  mapping: ImportMapping,
  edits: Values,
  { words = {} }: ImportReading = {},
): Values {
  const values: Record<string, string> = {}
  for (const [field, column] of Object.entries(mapping)) values[field] = plain(cells[column] ?? '')
  for (const [field, value] of Object.entries(edits)) values[field] = plain(value)
  for (const [field, told] of Object.entries(words)) {
    const key = headerKey(values[field] ?? '')
    const value = Object.hasOwn(told, key) ? told[key] : undefined
    if (value !== undefined) values[field] = value
  }
  return values
}

/** Without what a spreadsheet puts around a cell: `="0123"`, and an apostrophe before what looks like a formula. */
function plain(cell: string): string {
  const text = cell.trim()
  const kept = /^="(.*)"$/s.exec(text)?.[1] ?? text
  return /^'[=+\-@]/.test(kept) ? kept.slice(1) : kept
}

/**
 * Half-width digits and signs, without the signs of money; below nothing also as accountants write it: ▲500, △500, (500).
 * An exponent is refused: a spreadsheet rounded the number when it wrote it so.
 */
export function readWholeNumber(value: string): number | undefined {
  const digits = value
    .normalize('NFKC')
    .replace(/[−‐‑–―ー▲△]/g, '-')
    .replace(/JPY|税込/gi, '')
    .replace(/[,\s¥円￥\\]/g, '')
    .replace(/^\((\d+(?:\.0+)?)\)$/, '-$1')
  const whole = /^(-?\d{1,9})(\.0+)?$/.exec(digits)?.[1]
  return whole === undefined ? undefined : Number(whole)
}

/** 10, 10%, 8％, 軽減, 非課税 … in basis points. Nothing said is the standard rate. */
export function readTaxRate(value: string): number | undefined {
  const text = value.normalize('NFKC').replace(/[%\s]/g, '')
  if (text === '' || text === '標準') return 1000
  if (text === '軽減' || text === '軽減税率') return 800
  if (text === '非課税' || text === '不課税' || text === '対象外') return 0
  if (/^0?\.(10?|08)$/.test(text)) return text.endsWith('8') ? 800 : 1000
  return /^\d{1,2}$/.test(text) ? Number(text) * 100 : undefined
}
