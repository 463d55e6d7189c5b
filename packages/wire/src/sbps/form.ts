/** The Link type's forms, both ways: urlencoded Shift_JIS, every tag sent even when empty, detail rows as repeated tags. */
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import { checksumOfBytes, checksumsEqual, shiftJisChecksum, utf8Checksum, utf8ChecksumHolds } from './checksum.ts'
import { hashesShiftJis, LINK_LAYOUTS, type LinkFunction, type LinkLayout, writesUpperCase } from './link-fields.ts'
import { trimText } from './bytes.ts'
import { type SbpsMessage, type Unreadable, unreadable, type Unwritable, type Values, type Written } from './message.ts'

/** Far above any real form; a flood is refused before it is cut up. */
const MAX_PAIRS = 5_000

/** The name-value pairs of a form in order, the checksum last: for a page that posts it, or for the body itself. */
export function linkFormPairs(fn: LinkFunction, message: SbpsMessage, hashKey: string): [string, string][] {
  const layout = LINK_LAYOUTS[fn]
  const pairs: [string, string][] = layout.head.map((tag) => [tag, message.values[tag] ?? ''])
  for (const row of message.rows ?? [])
    pairs.push(...layout.detail.map((tag): [string, string] => [tag, row[tag] ?? '']))
  pairs.push(...layout.tail.map((tag): [string, string] => [tag, message.values[tag] ?? '']))
  const texts = pairs.map(([, text]) => text)
  const checksum = hashesShiftJis(fn) ? shiftJisChecksum(texts, hashKey) : utf8Checksum(texts, hashKey)
  return [...pairs, ['sps_hashcode', writesUpperCase(fn) ? checksum.toUpperCase() : checksum]]
}

export function encodeLinkForm(fn: LinkFunction, message: SbpsMessage, hashKey: string): Written | Unwritable {
  const words: string[] = []
  for (const [tag, text] of linkFormPairs(fn, message, hashKey)) {
    const { bytes, unmappable } = encodeCp932(text)
    if (unmappable.length > 0) return { ok: false, reason: 'unmappable', tag, characters: unmappable }
    words.push(`${tag}=${percentEncode(bytes)}`)
  }
  return { ok: true, bytes: Buffer.from(words.join('&'), 'latin1') }
}

export type ReadLinkForm = {
  readonly ok: true
  readonly values: Values
  readonly rows: readonly Values[]
  readonly checksumHolds: boolean
}

type Pair = { readonly tag: string; readonly text: string; readonly bytes: Uint8Array }

/** Reads a form body or a query string. Tags that are left out count as empty. */
export function decodeLinkForm(fn: LinkFunction, body: Uint8Array, hashKey: string): ReadLinkForm | Unreadable {
  const pairs = readPairs(body)
  if (!Array.isArray(pairs)) return pairs
  const layout = LINK_LAYOUTS[fn]
  const values = new Map<string, Pair>()
  const rows: Map<string, Pair>[] = []
  for (const pair of pairs) {
    const isDetail = layout.detail.includes(pair.tag)
    if (isDetail && (rows.length === 0 || rows.at(-1)!.has(pair.tag))) rows.push(new Map())
    const target = isDetail ? rows.at(-1)! : values
    if (target.has(pair.tag)) return unreadable('duplicate', pair.tag)
    target.set(pair.tag, pair)
  }
  return {
    ok: true,
    values: textsOf(values),
    rows: rows.map(textsOf),
    checksumHolds: holds(fn, layout, values, rows, hashKey),
  }
}

function holds(
  fn: LinkFunction,
  layout: LinkLayout,
  values: ReadonlyMap<string, Pair>,
  rows: readonly ReadonlyMap<string, Pair>[],
  hashKey: string,
): boolean {
  const ordered = [
    ...layout.head.map((tag) => values.get(tag)),
    ...rows.flatMap((row) => layout.detail.map((tag) => row.get(tag))),
    ...layout.tail.map((tag) => values.get(tag)),
  ].filter((pair) => pair !== undefined)
  const received = values.get('sps_hashcode')?.text ?? ''
  return hashesShiftJis(fn)
    ? checksumsEqual(
        checksumOfBytes(
          ordered.map((pair) => pair.bytes),
          hashKey,
        ),
        received,
      )
    : utf8ChecksumHolds(
        ordered.map((pair) => pair.text),
        hashKey,
        received,
      )
}

function readPairs(body: Uint8Array): Pair[] | Unreadable {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  if (/[^\x20-\x7e\r\n\t]/.test(text)) return unreadable('form')
  const words = text.trim().split('&')
  if (words.length > MAX_PAIRS) return unreadable('form')
  const pairs: Pair[] = []
  for (const word of words) {
    if (word === '') continue
    const equals = word.indexOf('=')
    const tag = decodeCp932(percentDecode(equals < 0 ? word : word.slice(0, equals)))
    const bytes = percentDecode(equals < 0 ? '' : word.slice(equals + 1))
    const value = decodeCp932(bytes)
    if (tag === undefined || value === undefined) return unreadable('charset', tag ?? '')
    pairs.push({ tag, text: trimText(value), bytes })
  }
  return pairs
}

function percentEncode(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    const plain = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
    if (plain || byte === 0x2d || byte === 0x2e || byte === 0x5f) text += String.fromCharCode(byte)
    else if (byte === 0x20) text += '+'
    else text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}

/** A percent sign without two hex digits stands for itself, as browsers read it. */
function percentDecode(text: string): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!
    const hex = letter === '%' ? text.slice(at + 1, at + 3) : ''
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16))
      at += 2
    } else bytes.push(letter === '+' ? 0x20 : letter.charCodeAt(0))
  }
  return Uint8Array.from(bytes)
}

function textsOf(pairs: ReadonlyMap<string, Pair>): Values {
  const texts = Object.create(null) as Record<string, string>
  for (const [tag, pair] of pairs) texts[tag] = pair.text
  return texts
}
