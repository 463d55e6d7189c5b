/** The rows of a text file one by one, with the line each begins on; no more of the file is held than a few rows. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type CsvError, parse } from 'csv-parse'
import type { TextEncoding } from '@choba/shared/imports/names.ts'
import { type Delimiter, findDelimiter, HEAD_BYTES } from './inspect-text.ts'
import { decodeStream, decodeWhole } from './decode.ts'
import { UnreadableFile } from './unreadable-file.ts'

export type FileRow = { readonly line: number; readonly cells: readonly string[] }

/** A row with more is no row: somewhere above a quote was left open. */
export const MOST_ROW_BYTES = 256 * 1024
export const MOST_COLUMNS = 400

export async function delimiterOf(path: string, encoding: TextEncoding): Promise<Delimiter> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return findDelimiter(decodeWhole(buffer.subarray(0, bytesRead), encoding))
  } finally {
    await file.close()
  }
}

/** @throws UnreadableFile naming the line at fault */
export async function* readRows(path: string, encoding: TextEncoding, delimiter: Delimiter): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter,
    // All of them at once: files are put together from others, and some programs write the return twice.
    record_delimiter: ['\r\r\n', '\r\n', '\n', '\r'],
    relax_column_count: true,
    // Spreadsheets write ="0123" to keep a zero: a quote inside a cell is part of it.
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: MOST_ROW_BYTES,
  })
  const bytes = createReadStream(path)
  const text = bytes.pipe(decodeStream(encoding))
  text.on('data', (part: string) => {
    if (!parser.write(part)) text.pause()
  })
  parser.on('drain', () => text.resume())
  text.on('end', () => parser.end())
  bytes.on('error', (error) => parser.destroy(error))
  let behind = 0
  let empty = 0
  try {
    // Counted here: the parser takes a CRLF inside a cell for two lines.
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      empty = info.empty_lines
      const line = behind + empty + 1
      behind += 1 + record.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      if (record.length > MOST_COLUMNS) throw new UnreadableFile('too_many_columns', line)
      // The mark of what the encoding does not hold: then it was not written in it.
      if (record.some(isBroken)) throw new UnreadableFile('not_text', line)
      yield { line, cells: record }
    }
  } catch (error) {
    // Where the row began that never ended, rather than where that was noticed.
    throw readable(error, behind + empty + 1)
  } finally {
    bytes.destroy()
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly empty_lines: number } }

/** U+FFFD, control characters, and the private characters that stand for CP932's unassigned single bytes. */
function isBroken(cell: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\uFFFD\uF8F0-\uF8FF\x00-\x08\x0E-\x1F\x7F]/.test(cell)
}

function readable(error: unknown, line: number): unknown {
  const { code } = error as CsvError
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new UnreadableFile('open_quote', line)
  if (code === 'CSV_MAX_RECORD_SIZE') return new UnreadableFile('row_too_long', line)
  return typeof code === 'string' && code.startsWith('CSV_') ? new UnreadableFile('broken_row', line) : error
}

/** A first row that holds no number longer than a column's is a header. */
export function isHeader(cells: readonly string[]): boolean {
  return !cells.some((cell) => /^[\d/:.\- ]{5,}$/.test(cell.trim()) && /\d{4}/.test(cell))
}
