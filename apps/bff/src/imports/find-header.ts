/** Where the header of a file stands: behind a title and a date, as reports write them, or nowhere. */
import type { FileRow } from './read-rows.ts'
import { isHeader } from './read-rows.ts'
import { UnreadableFile } from './unreadable-file.ts'

const LOOKED_AT = 10

export type FoundHeader = {
  readonly header: readonly string[]
  /** Rows that were read on the way and are data. */
  readonly data: readonly FileRow[]
}

/** @throws UnreadableFile empty */
export async function findHeader(rows: AsyncIterator<FileRow>): Promise<FoundHeader> {
  const read: FileRow[] = []
  while (read.length < LOOKED_AT) {
    const next = await rows.next()
    if (next.done === true) break
    read.push(next.value)
  }
  const [first] = read
  if (first === undefined) throw new UnreadableFile('empty')
  const widest = Math.max(...read.map(filled))
  // A title fills a cell or two of a row that is as wide as the table.
  const at = Math.max(
    read.findIndex((row) => filled(row) * 2 > widest),
    0,
  )
  const top = read[at] ?? first
  if (isHeader(top.cells)) return { header: top.cells.map(nameOf), data: read.slice(at + 1) }
  return { header: first.cells.map((_, index) => nameOf('', index)), data: read }
}

function filled({ cells }: FileRow): number {
  return cells.filter((cell) => cell.trim() !== '').length
}

/** Columns without a name are called by their place. */
function nameOf(name: string, index: number): string {
  return name.trim() === '' ? `列${index + 1}` : name.trim()
}
