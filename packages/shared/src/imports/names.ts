/** The kinds of files and the states of a run and its rows, by name alone: what an address or a table column needs. */
export const IMPORT_KINDS = ['orders', 'history', 'provider_list', 'slips'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** What a file may be written in, as it is found or said. */
export const TEXT_ENCODINGS = ['utf8', 'cp932', 'eucjp', 'iso2022jp', 'utf16le', 'utf16be'] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]
/** A workbook is one of its own: its cells are parted by themselves. */
export const IMPORT_ENCODINGS = [...TEXT_ENCODINGS, 'xlsx'] as const
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number]
/** What parts the cells of a row. */
export const IMPORT_DELIMITERS = [',', '\t', ';', '|'] as const

export const IMPORT_STATES = [
  'mapping',
  'checking',
  'preview',
  'running',
  'cancelled',
  'done',
  'undoing',
  'undone',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** `sent`: handed to the provider's queue, its answer has not come. `failed`: refused, by us or by the provider. */
export const IMPORT_ROW_STATES = [
  'unchecked',
  'ready',
  'faulty',
  'left_out',
  'sent',
  'done',
  'failed',
  'undone',
] as const
export type ImportRowState = (typeof IMPORT_ROW_STATES)[number]
