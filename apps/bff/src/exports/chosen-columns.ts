/** The columns of a file as they were asked for: some of the list's, in the order of the asking. */
import { AppError } from '../core/app-error.ts'

type Fault = { readonly path: 'columns'; readonly message: string }

/** All of them where none are named. @throws AppError request.invalid */
export function chosenColumns<Column extends { readonly id: string }>(
  columns: readonly Column[],
  asked: string | undefined,
): readonly Column[] {
  const known = new Map(columns.map((column) => [column.id, column]))
  const fault = columnFault([...known.keys()], asked)
  if (fault !== undefined) throw new AppError('request.invalid', { issues: [fault] })
  const named = namesIn(asked)
  return named.length === 0 ? columns : named.flatMap((id) => known.get(id) ?? [])
}

/** Names the first column that the list does not have. */
export function columnFault(known: readonly string[], asked: string | undefined): Fault | undefined {
  const unknown = namesIn(asked).find((id) => !known.includes(id))
  return unknown === undefined ? undefined : { path: 'columns', message: `no such column: ${unknown.slice(0, 40)}` }
}

function namesIn(asked: string | undefined): string[] {
  return asked === undefined || asked === '' ? [] : [...new Set(asked.split(','))]
}
