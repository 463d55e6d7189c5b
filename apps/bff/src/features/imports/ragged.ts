import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import { error } from '../../imports/faults.ts'

/** A row with more or fewer cells than the header has slipped: its values stand in the wrong columns. */
export function raggedFault(
  header: readonly string[],
  row: { readonly cells: readonly string[]; readonly edits: Readonly<Record<string, string>> },
): ImportFault[] {
  // What was corrected by hand was looked at by a person.
  if (Object.keys(row.edits).length > 0 || row.cells.length === header.length) return []
  const isOnlyEmptyMore =
    row.cells.slice(header.length).every((cell) => cell === '') && row.cells.length > header.length
  return isOnlyEmptyMore ? [] : [error(null, 'ragged', { found: row.cells.length, expected: header.length })]
}
