/** UTF-8 chunks to CP932 chunks in constant memory, by one table look-up a character; line ends become CRLF. */
import { StringDecoder } from 'node:string_decoder'
import iconv from 'iconv-lite'
import { foldForCp932 } from '@choba/wire/cp932.ts'

/** 〓, the printers' mark for a missing type. */
const GETA = 0x81ac
const LF = 0x0a
const CRLF = 0x0d0a

type Tables = { readonly codes: Uint16Array; readonly missing: string }
let tables: Tables | undefined

/** Made at the first use: what CP932 writes for every UTF-16 unit, and a regular expression of what it cannot write. */
function cp932Tables(): Tables {
  tables ??= makeTables()
  return tables
}

function makeTables(): Tables {
  const codes = new Uint16Array(0x10000).fill(GETA)
  const mapped: number[] = []
  const units = Array.from({ length: 0x10000 }, (_, unit) => unit).filter((unit) => unit < 0xd800 || unit > 0xdfff)
  const bytes = iconv.encode(foldForCp932(units.map((unit) => String.fromCharCode(unit)).join('')), 'cp932')
  let at = 0
  for (const unit of units) {
    const length = isLead(bytes[at] as number) ? 2 : 1
    const code = length === 2 ? ((bytes[at] as number) << 8) | (bytes[at + 1] as number) : (bytes[at] as number)
    const isHeld = iconv.decode(bytes.subarray(at, at + length), 'cp932') === foldForCp932(String.fromCharCode(unit))
    at += length
    if (!isHeld) continue
    codes[unit] = code
    if (unit > 0) mapped.push(unit)
  }
  codes[LF] = CRLF
  return { codes, missing: `[^${rangesOf(mapped)}]` }
}

function isLead(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)
}

/** Runs of characters as PostgreSQL's regular expressions read them, its own signs escaped. */
function rangesOf(units: readonly number[]): string {
  const ranges: string[] = []
  for (let start = 0; start < units.length;) {
    let end = start
    while (units[end + 1] === (units[end] as number) + 1) end += 1
    ranges.push(
      end === start
        ? escaped(units[start] as number)
        : `${escaped(units[start] as number)}-${escaped(units[end] as number)}`,
    )
    start = end + 1
  }
  return ranges.join('')
}

function escaped(unit: number): string {
  return unit < 0x80 ? `\\x${unit.toString(16).padStart(2, '0')}` : String.fromCharCode(unit)
}

/** A PostgreSQL regular expression that finds a character CP932 cannot hold, even after folding. */
export function missingInCp932Pattern(): string {
  return cp932Tables().missing
}

export type Encoder = { write(chunk: Buffer): Buffer; end(): Buffer }

/** A character that is cut by the end of a chunk waits for the next. What CP932 lacks becomes 〓, never a question mark. */
export function cp932Encoder(): Encoder {
  const { codes } = cp932Tables()
  const decoder = new StringDecoder('utf8')
  return { write: (chunk) => encode(codes, decoder.write(chunk)), end: () => encode(codes, decoder.end()) }
}

function encode(codes: Uint16Array, text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    // The second half of a pair was answered for by the first.
    if (unit >= 0xdc00 && unit <= 0xdfff) continue
    const code = codes[unit] as number
    if (code > 0xff) bytes[length++] = code >> 8
    bytes[length++] = code & 0xff
  }
  return bytes.subarray(0, length)
}

const BOM = Buffer.from('\uFEFF')

/** As it is, behind a byte order mark and with CRLF line ends. */
export function utf8Encoder(): Encoder {
  let isStarted = false
  return {
    write(chunk) {
      const lines = withCrlf(chunk)
      if (isStarted) return lines
      isStarted = true
      return Buffer.concat([BOM, lines])
    },
    end: () => (isStarted ? Buffer.alloc(0) : BOM),
  }
}

/** Line feeds never stand inside a character of UTF-8, so bytes may be looked at one by one. */
function withCrlf(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
}
