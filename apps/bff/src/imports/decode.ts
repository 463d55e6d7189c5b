/** Bytes into text, in pieces: by iconv-lite, as exports are written, and what it does not know by the platform's decoder. */
import { Transform } from 'node:stream'
import iconv from 'iconv-lite'
import type { TextEncoding } from '@choba/shared/imports/names.ts'

const PLATFORM: Partial<Record<TextEncoding, string>> = { eucjp: 'euc-jp', iso2022jp: 'iso-2022-jp' }
const ICONV: Partial<Record<TextEncoding, string>> = { utf16le: 'utf-16le', utf16be: 'utf-16be' }

export function decodeWhole(bytes: Uint8Array, encoding: TextEncoding): string {
  const platform = PLATFORM[encoding]
  if (platform !== undefined) return new TextDecoder(platform).decode(bytes)
  return iconv.decode(Buffer.from(bytes), ICONV[encoding] ?? encoding)
}

/** Gives text; a character that two pieces share is whole. */
export function decodeStream(encoding: TextEncoding): NodeJS.ReadWriteStream {
  const platform = PLATFORM[encoding]
  if (platform === undefined) return iconv.decodeStream(ICONV[encoding] ?? encoding)
  const decoder = new TextDecoder(platform)
  return new Transform({
    encoding: 'utf8',
    transform(chunk: Uint8Array, _encoding, done) {
      done(null, decoder.decode(chunk, { stream: true }))
    },
    flush(done) {
      done(null, decoder.decode())
    },
  })
}
