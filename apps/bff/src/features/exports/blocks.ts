/** A stream cut into blocks of one size, and the rows they hold. */
import type { ExportEncoding } from '@choba/shared/filters/export.ts'

const BLOCK_BYTES = 256 * 1024
const LF = 0x0a
const QUOTE = 0x22

export async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    held.push(chunk)
    size += chunk.length
    if (size < BLOCK_BYTES) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}

/**
 * Counts the rows of a CSV as it passes, without its header. Neither quote nor line end is the second byte of a
 * character in UTF-8 or CP932. A packed workbook does not say: its count stays 0 until it is whole.
 */
export function rowCounter(encoding: ExportEncoding): { add(block: Buffer): number } {
  let lines = 0
  let isQuoted = false
  return {
    add(block) {
      if (encoding === 'xlsx') return 0
      for (const byte of block) {
        if (byte === QUOTE) isQuoted = !isQuoted
        else if (byte === LF && !isQuoted) lines += 1
      }
      return Math.max(0, lines - 1)
    },
  }
}
