/** Which cells of an export CP932 cannot write, found by one scan in the database. */
import { type RawBuilder, sql } from 'kysely'
import { foldForCp932 } from '@choba/wire/cp932.ts'
import { missingInCp932Pattern } from './cp932-encoder.ts'
import { cell, type ExportColumn, isForeignText } from './csv-sql.ts'

export type UnmappableCell<Key> = Key & {
  readonly column: string
  readonly value: string
  /** Of all, however many are listed. */ readonly total: number
}

/**
 * Row by row, then cell by cell of the rows that were hit. Undefined when no column can hold such a character.
 * `key` are columns that say which row it is.
 */
export function unmappableSql<Key>(
  columns: readonly ExportColumn[],
  key: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  most: number,
): RawBuilder<UnmappableCell<Key>> | undefined {
  const foreign = columns.filter(isForeignText)
  if (foreign.length === 0) return undefined
  const pattern = missingInCp932Pattern()
  const cells = foreign.map((column) => sql`(${column.id}::text, ${cell(column)}::text)`)
  const joined = sql`concat_ws(' ', ${sql.join(foreign.map((column) => sql`${cell(column)}`))})`
  return sql`
    with hit as materialized (select * ${from} and ${joined} ~ ${pattern})
    select ${key}, c.column_id as column, c.value, count(*) over () as total
    from hit cross join lateral (values ${sql.join(cells)}) c(column_id, value) where c.value ~ ${pattern} limit ${most}`
}

/** The characters of a value at fault, each once. */
export function charactersMissing(value: string): string {
  const missing = new RegExp(missingInCp932Pattern(), 'gu')
  return [...new Set(foldForCp932(value).match(missing) ?? [])].join('')
}
