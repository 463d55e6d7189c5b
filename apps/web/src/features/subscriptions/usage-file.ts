/** A file or pasted cells with usage: code, the cycle where it is given, quantity. Nothing is sent that is not read whole. */
import type { UsageInput } from '@choba/shared/contracts/subscription-input.ts'
import { readYen } from '../../ui/money/format-yen.ts'

export type UsageRow = {
  readonly key: string
  readonly code: string
  /** Empty: the earliest cycle that waits. */
  readonly number: string
  readonly quantity: string
}
export type UsageProblem =
  | 'code_missing'
  | 'quantity_wrong'
  | 'number_wrong'
  | 'repeated'
  | 'columns_wrong'
  | 'code_unknown'
  | 'cycle_unknown'
  | 'amount_wrong'

export const MOST_ROWS = 5_000
const MOST_QUANTITY = 999_999
const MOST_NUMBER = 9_999
/** As headings name the columns, in both languages and as the contract does. */
const HEADINGS = {
  code: /^(code|subscription|契約番号|定期購入番号)$/i,
  number: /^(number|cycle|no\.?|回|回数)$/i,
  quantity: /^(quantity|usage|使用量|数量)$/i,
} as const
type Column = keyof typeof HEADINGS

export function emptyRow(code = ''): UsageRow {
  return { key: crypto.randomUUID(), code, number: '', quantity: '' }
}

/** Bytes in UTF-8 or, failing that, in Shift_JIS. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('shift_jis').decode(bytes)
  }
}

/** A first line that names columns is a heading; without one two columns are code and quantity, three have the cycle between. */
export function readRows(text: string): readonly UsageRow[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
  const cells = lines.map(cellsOf)
  const heading = cells[0] === undefined ? undefined : headingOf(cells[0])
  return cells.slice(heading === undefined ? 0 : 1).map((line) => {
    const at = heading ?? (line.length > 2 ? { code: 0, number: 1, quantity: 2 } : { code: 0, quantity: 1 })
    const pick = (column: Column) => line[at[column] ?? -1]?.trim() ?? ''
    return { key: crypto.randomUUID(), code: pick('code'), number: pick('number'), quantity: pick('quantity') }
  })
}

type Places = Partial<Record<Column, number>>

function headingOf(cells: readonly string[]): Places | undefined {
  const places: Places = {}
  for (const [index, cell] of cells.entries())
    for (const column of Object.keys(HEADINGS) as Column[])
      if (HEADINGS[column].test(cell.normalize('NFKC').trim())) places[column] ??= index
  return places.code === undefined || places.quantity === undefined ? undefined : places
}

/** Tabs where there are any, else commas; a quoted cell may hold either. */
function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : ','
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? ''
    if (character === '"' && isQuoted && line[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (character === '"') isQuoted = !isQuoted
    else if (character === separator && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}

/** By the row's key; a row without a problem is not in it. A line that nobody has begun to fill is no row. */
export function problemsOf(rows: readonly UsageRow[]): ReadonlyMap<string, UsageProblem> {
  const problems = new Map<string, UsageProblem>()
  const seen = new Set<string>()
  for (const row of rows) {
    if (isBlank(row)) continue
    const problem = problemOf(row)
    const cycle = `${codeOf(row)} ${row.number.trim()}`
    if (problem !== undefined) problems.set(row.key, problem)
    else if (row.number.trim() !== '' && seen.has(cycle)) problems.set(row.key, 'repeated')
    seen.add(cycle)
  }
  return problems
}

export function isBlank({ code, number, quantity }: UsageRow): boolean {
  return `${code}${number}${quantity}`.trim() === ''
}

function problemOf(row: UsageRow): UsageProblem | undefined {
  const number = readYen(row.number)
  const quantity = readYen(row.quantity)
  if (codeOf(row) === '') return 'code_missing'
  if (row.quantity.trim() === '' && row.number.trim() === '') return 'columns_wrong'
  if (row.number.trim() !== '' && (number === undefined || number < 1 || number > MOST_NUMBER)) return 'number_wrong'
  return quantity === undefined || quantity < 0 || quantity > MOST_QUANTITY ? 'quantity_wrong' : undefined
}

function codeOf({ code }: UsageRow): string {
  return code.normalize('NFKC').trim().toUpperCase()
}

/** For rows without problems; the order stays, so that an answer's row numbers are theirs. */
export function rowsOf(rows: readonly UsageRow[]): UsageInput['rows'] {
  return rows.map((row) => {
    const number = readYen(row.number)
    return { code: codeOf(row), ...(number !== undefined && { number }), quantity: readYen(row.quantity) ?? 0 }
  })
}

/** What the BFF says of rows, by their place: `rows.3.number`. */
export function refusedRows(paths: readonly string[]): ReadonlyMap<number, UsageProblem> {
  const refused = new Map<number, UsageProblem>()
  for (const path of paths) {
    const [, index, field] = /^rows\.(\d+)\.(\w+)$/.exec(path) ?? []
    if (index === undefined) continue
    const problem = field === 'number' ? 'cycle_unknown' : field === 'quantity' ? 'amount_wrong' : 'code_unknown'
    refused.set(Number(index), problem)
  }
  return refused
}
