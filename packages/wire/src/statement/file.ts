/** A statement as CSV: written in CP932 with CRLF, read in UTF-8 or CP932 by the names of its columns. */
import { type Cp932Encoded, encodeCp932 } from '../cp932.ts'
import { type CsvRow, readCsv, writeCsv } from '../csv.ts'
import { decodeFileText } from '../text.ts'
import { type Columns, type FieldNames, type Places, placesOf } from './columns.ts'
import type { RowToRead, StatementProblem, StatementProblemCode } from './row.ts'

export type StatementFileLayout<Field extends string, Line> = {
  readonly names: FieldNames<Field>
  /** Without these there is nothing to match or to add up. */
  readonly needed: readonly Field[]
  /** Rows that may stand where a header would: they are read by position, as the columns say. */
  readonly headless?: { readonly columns: Columns<Field>; readonly is: (row: CsvRow) => boolean }
  readonly readRow: (to: RowToRead<Field>) => Line
}

export type StatementRead<Field extends string, Line> =
  | {
      readonly ok: true
      readonly lines: Line[]
      readonly places: Places<Field>
      /** Columns of the file that nobody said the meaning of; what they hold is not used. */
      readonly unknownColumns: string[]
    }
  | { readonly ok: false; readonly problems: StatementProblem[]; readonly columns: string[] }

/** Every problem at once, each with the file's line and column; no line is used when one is wrong. */
export function readStatementFile<Field extends string, Line>(
  { names, needed, headless, readRow }: StatementFileLayout<Field, Line>,
  bytes: Uint8Array,
  mapping: Partial<Record<Field, string>> = {},
): StatementRead<Field, Line> {
  const decoded = decodeFileText(bytes)
  if (decoded === undefined) return failed(1, 'not_text')
  const csv = readCsv(decoded.text)
  if (!csv.ok) return failed(csv.line, 'not_csv')
  const [first, ...rest] = csv.rows
  if (!first) return failed(1, 'empty')
  const byPosition = headless?.is(first) === true ? headless.columns : undefined
  const header = byPosition?.map(([, name]) => name) ?? first.cells
  const places = placesOf(names, header, mapping)
  const missing = needed.filter((field) => places[field] === undefined)
  const problems = missing.map((column): StatementProblem => ({ line: 1, column, problem: 'column_missing' }))
  const unknownColumns = unplaced(header, places)
  if (problems.length > 0) return { ok: false, columns: unknownColumns, problems }
  const body = byPosition === undefined ? rest : csv.rows
  const lines = body.map((row, index) => readRow({ header, places, row, number: index + 1, problems }))
  if (problems.length > 0) return { ok: false, problems, columns: unknownColumns }
  return { ok: true, lines, places, unknownColumns }
}

/** A field that no cell is given for stays empty; the rows count themselves. */
export function writeStatementFile<Field extends string>(
  columns: Columns<Field>,
  numberField: NoInfer<Field>,
  rows: ReadonlyArray<Partial<Record<Field, string>>>,
): Cp932Encoded {
  const written = rows.map((cells, index) =>
    columns.map(([field]) => (field === numberField ? String(index + 1) : (cells[field] ?? ''))),
  )
  return encodeCp932(writeCsv([columns.map(([, name]) => name), ...written]))
}

function unplaced<Field extends string>(header: readonly string[], places: Places<Field>): string[] {
  const used = new Set(Object.values(places))
  return header.filter((_, index) => !used.has(index))
}

function failed(line: number, problem: StatementProblemCode) {
  return { ok: false as const, columns: [], problems: [{ line, column: '', problem }] }
}
