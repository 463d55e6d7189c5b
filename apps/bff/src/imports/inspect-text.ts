/** What a file is written in, found while its bytes pass by: nothing is held but the first of them. */
import { UnreadableFile } from './unreadable-file.ts'

export type TextEncoding = 'utf8' | 'cp932'

/** Enough of the file to see how its cells are parted. */
export const HEAD_BYTES = 64 * 1024
const DELIMITERS = [',', '\t', ';'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export type TextInspector = {
  /** @throws UnreadableFile when these bytes are of no text file */
  take(chunk: Uint8Array): void
  /** UTF-8 when all of it is, otherwise CP932; whether it is that shows when it is read. */
  end(): TextEncoding
}

export function inspectText(): TextInspector {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let isFirst = true

  function decodes(chunk?: Uint8Array): boolean {
    try {
      utf8.decode(chunk, { stream: chunk !== undefined })
      return true
    } catch {
      return false // what is not UTF-8 is CP932 until it is read
    }
  }

  return {
    take(chunk) {
      if (isFirst) refuseOtherFormats(chunk)
      isFirst = false
      if (chunk.includes(0)) throw new UnreadableFile('not_text')
      if (isUtf8) isUtf8 = decodes(chunk)
    },
    end() {
      if (isUtf8) isUtf8 = decodes()
      return isUtf8 ? 'utf8' : 'cp932'
    },
  }
}

function refuseOtherFormats(head: Uint8Array): void {
  const [a, b] = head
  // A zip archive, as Excel's own files are; and the older format of Excel.
  if ((a === 0x50 && b === 0x4b) || (a === 0xd0 && b === 0xcf)) throw new UnreadableFile('spreadsheet')
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw new UnreadableFile('utf16')
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
