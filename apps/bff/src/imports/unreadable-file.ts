/** Why a file cannot be taken in at all. Nothing of it is kept. */
export const UNREADABLE_REASONS = [
  'empty',
  'no_rows',
  'not_text',
  'spreadsheet',
  'broken_workbook',
  'archive',
  'pdf',
  'picture',
  'markup',
  'too_large',
  'too_many_rows',
  'too_many_columns',
  'open_quote',
  'row_too_long',
  'broken_row',
] as const
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number]

export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly reason: UnreadableReason
  /** Of the file, from 1; null where the file as a whole is meant. */
  readonly line: number | null

  constructor(reason: UnreadableReason, line: number | null = null) {
    super(reason)
    this.reason = reason
    this.line = line
  }
}
