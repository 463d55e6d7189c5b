/** A column set compiled, with all its formatting, into the SELECT that COPY writes out as CSV. */
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import type { ColumnKind } from '@choba/shared/columns/column.ts'
import { readsPersonalData } from '../core/personal-sight.ts'
import { maskedCell, personalKindOf } from './masked-cells.ts'

export type ExportColumn = {
  readonly id: string
  readonly kind: ColumnKind
  readonly header: string
  /** The words of a code, or of each code of a list; a code without one is written as it is. */
  readonly words?: ReadonlyMap<string, string>
  /** How its column of the database is read, where that depends on the row. */
  readonly read?: (value: RawBuilder<unknown>) => RawBuilder<unknown>
}

/** What an export reads: `from … where … order by …`, with a column of the database for each column by its name. */
export type ExportSource = {
  readonly columns: readonly ExportColumn[]
  readonly from: RawBuilder<unknown>
  readonly orderBy: RawBuilder<unknown>
}

/** `guard`: text that a spreadsheet would take for a formula is marked; a workbook says of each cell what it is. */
export function selectCells({ columns, from, orderBy }: ExportSource, guard: boolean): RawBuilder<unknown> {
  return sql`select ${sql.join(columns.map((column) => cell(column, guard)))} ${from} ${orderBy}`
}

/** COPY takes no parameters: they are written into the statement as literals. */
export function copyStatement(query: CompiledQuery): string {
  const text = query.sql.replace(/\$(\d+)/g, (_, position: string) => literal(query.parameters[Number(position) - 1]))
  return `copy (${text}) to stdout (format csv, encoding 'UTF8')`
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return `${pg.escapeLiteral(value.toISOString())}::timestamptz`
  if (Array.isArray(value)) return value.length === 0 ? `'{}'` : `array[${value.map(literal).join(',')}]`
  return pg.escapeLiteral(String(value))
}

/** How a cell of a kind is written. Days and instants are Tokyo's; nothing is written for what is not known. */
export function cell(column: ExportColumn, guard = true): RawBuilder<unknown> {
  const value = valueOf(column)
  switch (column.kind) {
    case 'yen':
    case 'day':
      return value
    case 'instant':
      return sql`date_trunc('second', ${value} at time zone 'Asia/Tokyo')`
    case 'code':
      return worded(value, column.words, guard)
    case 'list':
      return sql`case when cardinality(${value}) > 0 then (select string_agg(${worded(sql`item`, column.words, guard)}, '、') from unnest(${value}) item) end`
    case 'text':
    case 'id':
      return text(value, guard)
  }
}

/** The column as it may be read: every cell of a file, and every character that is looked for in one, comes from here. */
function valueOf({ id, read }: ExportColumn): RawBuilder<unknown> {
  const name = sql.raw(columnName(id))
  const value = read === undefined ? name : read(name)
  const personal = personalKindOf(id)
  return personal === undefined || readsPersonalData() ? value : maskedCell(personal, value)
}

/** Words are guarded here, once; only a code without one is looked at row by row. */
function worded(
  code: RawBuilder<unknown>,
  words: ReadonlyMap<string, string> | undefined,
  guard: boolean,
): RawBuilder<unknown> {
  const known = sql`${code}::text`
  if (words === undefined || words.size === 0) return text(known, guard)
  const cases = [...words].map(([key, word]) => sql`when ${key} then ${guard ? guardWord(word) : word}`)
  return sql`case ${known} ${sql.join(cases, sql` `)} else ${text(known, guard)} end`
}

function text(value: RawBuilder<unknown>, guard: boolean): RawBuilder<unknown> {
  return guard ? guarded(value) : value
}

/** What makes a spreadsheet take a cell for a formula when it stands first. */
const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\n'] as const

function guardWord(word: string): string {
  const lines = word.replace(/\r\n?/g, '\n')
  return FORMULA_STARTS.some((start) => lines.startsWith(start)) ? `'${lines}` : lines
}

/**
 * A cell that a spreadsheet would take for a formula begins with an apostrophe instead. Line breaks inside are made alike.
 * Nearly every cell needs neither: two cheap looks decide, and only the others are rewritten.
 */
function guarded(value: RawBuilder<unknown>): RawBuilder<unknown> {
  const lines = sql`replace(replace(${value}, chr(13) || chr(10), chr(10)), chr(13), chr(10))`
  return sql`case when left(${value}, 1) in ('=', '+', '-', '@', chr(9), chr(10), chr(13)) then '''' || ${lines} when strpos(${value}, chr(13)) > 0 then ${lines} else nullif(${value}, '') end`
}

/** Cells that may hold characters from outside: the rest is words of our own, numbers and days. */
export function isForeignText({ kind, words }: ExportColumn): boolean {
  return kind === 'text' || kind === 'id' || kind === 'list' || (kind === 'code' && words !== undefined)
}

function columnName(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The first line, as COPY would write it. */
export function headerLine(columns: readonly ExportColumn[]): Buffer {
  const cells = columns.map(({ header }) => (/[",\r\n]/.test(header) ? `"${header.replaceAll('"', '""')}"` : header))
  return Buffer.from(`${cells.join(',')}\n`)
}
