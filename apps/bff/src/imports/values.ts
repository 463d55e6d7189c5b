/** Reading a row by its mapping: cells become values of fields, as spreadsheets and carts write them. */
import { atTime, type BusinessDate, parseBusinessDate, startOfDay } from '@choba/shared/dates.ts'
import type { ImportMapping } from '@choba/shared/imports/kinds.ts'

export type Values = Readonly<Record<string, string>>

/** What was corrected stands before what the file says. */
export function valuesOf(cells: readonly string[], mapping: ImportMapping, edits: Values): Values {
  const values: Record<string, string> = {}
  for (const [field, column] of Object.entries(mapping)) values[field] = plain(cells[column] ?? '')
  for (const [field, value] of Object.entries(edits)) values[field] = plain(value)
  return values
}

/** Without what a spreadsheet puts around a cell: `="0123"`, and an apostrophe before what looks like a formula. */
function plain(cell: string): string {
  const text = cell.trim()
  const kept = /^="(.*)"$/s.exec(text)?.[1] ?? text
  return /^'[=+\-@]/.test(kept) ? kept.slice(1) : kept
}

/** Half-width digits and signs, without the signs of money. */
export function readWholeNumber(value: string): number | undefined {
  const digits = value
    .normalize('NFKC')
    .replace(/[−‐―ー]/g, '-')
    .replace(/[,\s¥円￥\\]/g, '')
  const whole = /^(-?\d{1,9})(\.0+)?$/.exec(digits)?.[1]
  return whole === undefined ? undefined : Number(whole)
}

/** 2026-11-25, 2026/11/5, 20261125 or 2026年11月25日. */
export function readDay(value: string): BusinessDate | undefined {
  const text = value.normalize('NFKC').trim()
  const [, year, month, day] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  return parseBusinessDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/** A day, with a time of the day in Tokyo where one stands behind it. An instant with its own offset is read as such. */
export function readInstant(value: string): Date | undefined {
  const text = value.normalize('NFKC').trim()
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    const instant = new Date(text)
    return Number.isNaN(instant.getTime()) ? undefined : instant
  }
  const day = readDay(text)
  if (day === undefined) return undefined
  const [, hour, minute, second = '0'] = /[ T](\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? []
  if (hour === undefined || minute === undefined) return startOfDay(day)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return atTime(day, Number(hour), Number(minute), Number(second))
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
