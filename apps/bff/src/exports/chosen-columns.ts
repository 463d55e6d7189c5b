/** The columns of a file as they were asked for: some of the list's, in the order of the asking. */
import { AppError } from '../core/app-error.ts'

/** All of them where none are named. @throws AppError request.invalid */
export function chosenColumns<Column extends { readonly id: string }>(
  columns: readonly Column[],
  asked: string | undefined,
): readonly Column[] {
  if (asked === undefined || asked === '') return columns
  return [...new Set(asked.split(','))].map((id) => {
    const column = columns.find((each) => each.id === id)
    if (column !== undefined) return column
    throw new AppError('request.invalid', {
      issues: [{ path: 'columns', message: `no such column: ${id.slice(0, 40)}` }],
    })
  })
}
