/** What a file is written in, found while its bytes pass by: nothing is held but the first of them. */
import type { ImportEncoding } from '@choba/shared/imports/names.ts'
import { eucInspector } from './inspect-euc.ts'
import { UnreadableFile, type UnreadableReason } from './unreadable-file.ts'

/** Enough of the file to see how its cells are parted. */
export const HEAD_BYTES = 64 * 1024
const DELIMITERS = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export type TextInspector = {
  /** @throws UnreadableFile when these bytes are of no text file */
  take(chunk: Uint8Array): void
  /** What the bytes are in, or CP932 where nothing speaks against it; whether they are shows when they are read. */
  end(): ImportEncoding
}

export function inspectText(): TextInspector {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const euc = eucInspector()
  let isUtf8 = true
  let hasEscapes = false
  let wide: 'utf16le' | 'utf16be' | undefined
  let isFirst = true
  let isArchive = false

  function decodes(chunk: Uint8Array): boolean {
    try {
      utf8.decode(chunk, { stream: true })
      return true
    } catch {
      return false // what is not UTF-8 is something else until it is read
    }
  }

  return {
    take(chunk) {
      if (isFirst) {
        isArchive = ARCHIVE.every((byte, index) => chunk[index] === byte)
        refuseOtherFormats(chunk)
        wide = wideEncoding(chunk)
      }
      isFirst = false
      if (isArchive || wide !== undefined) return
      if (chunk.includes(0)) throw new UnreadableFile('not_text')
      // ISO-2022-JP says ESC $ or ESC ( before what is not ASCII; no other text has that byte.
      hasEscapes ||= chunk.includes(0x1b)
      if (isUtf8) isUtf8 = decodes(chunk)
      euc.take(chunk)
    },
    end() {
      if (isArchive) return 'xlsx'
      if (wide !== undefined) return wide
      if (hasEscapes) return 'iso2022jp'
      // A last character that breaks off makes it no other encoding: its line is named when it is read.
      if (isUtf8) return 'utf8'
      return euc.isLikely() ? 'eucjp' : 'cp932'
    },
  }
}

/** By its mark; or, where none was written, by the empty half of each ASCII letter. */
function wideEncoding(head: Uint8Array): 'utf16le' | 'utf16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf16be'
  const looked = head.subarray(0, 1000)
  if (looked.length < 8) return undefined
  const zeros = [0, 0]
  looked.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  // A header of Japanese names still has its commas and line breaks.
  if (odd >= 2 && even === 0) return 'utf16le'
  return even >= 2 && odd === 0 ? 'utf16be' : undefined
}

/** A workbook is an archive; whether an archive is a workbook shows when it is opened. */
const ARCHIVE = [0x50, 0x4b, 3, 4]

/** What else people drop here, by its first bytes. */
const FORMATS: ReadonlyArray<readonly [readonly number[], UnreadableReason]> = [
  // The older format of Excel.
  [[0xd0, 0xcf], 'spreadsheet'],
  [[0x1f, 0x8b], 'archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'archive'],
  [[0x25, 0x50, 0x44, 0x46], 'pdf'],
  [[0x89, 0x50, 0x4e, 0x47], 'picture'],
  [[0xff, 0xd8, 0xff], 'picture'],
]

function refuseOtherFormats(head: Uint8Array): void {
  const found = FORMATS.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (found !== undefined) throw new UnreadableFile(found[1])
  const text = new TextDecoder('latin1').decode(head.subarray(0, 200)).trimStart().toLowerCase()
  // Carts write tables of HTML and call them .xls or .csv.
  if (/^(ï»¿)?\s*<(!doctype|html|table|\?xml)/.test(text)) throw new UnreadableFile('markup')
}

/** What parts the cells of the first line, outside quotes. */
export function findDelimiter(head: string): Delimiter {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const character of head) {
    if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (character === '\n' || character === '\r') {
      if (counts.size > 0) break
    } else counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  return DELIMITERS.reduce((best, each) => ((counts.get(each) ?? 0) > (counts.get(best) ?? 0) ? each : best))
}
