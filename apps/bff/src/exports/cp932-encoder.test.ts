import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeCp932, unmappableInCp932 } from '@choba/wire/cp932.ts'
import { cp932Encoder, type Encoder, missingInCp932Pattern, utf8Encoder } from './cp932-encoder.ts'
import { charactersMissing } from './unmappable.ts'

/** What PostgreSQL can hold: any text without NUL. */
const TEXT = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('髙', '﨑', '①', '〜', '−', '¥', 'ｱ', 'ソ', '𠮷', '🍵', '茶', '\n', 'a', '"'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  })
  .map((text) => text.replaceAll('\0', ''))

function throughChunks(encoder: Encoder, text: string, size: number): Buffer {
  const bytes = Buffer.from(text)
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) parts.push(encoder.write(bytes.subarray(at, at + size)))
  return Buffer.concat([...parts, encoder.end()])
}

test('writes CP932 as the whole-text encoder does, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(TEXT, fc.integer({ min: 1, max: 7 }), (text, size) => {
      expect(throughChunks(cp932Encoder(), text, size)).toEqual(
        Buffer.from(encodeCp932(text.replaceAll('\n', '\r\n')).bytes),
      )
    }),
    { numRuns: 1_000 },
  )
})

test('names the same missing characters as the whole-text encoder', () => {
  fc.assert(
    fc.property(TEXT, (text) => void expect(charactersMissing(text)).toBe(unmappableInCp932(text).join(''))),
    { numRuns: 1_000 },
  )
})

test('the pattern is one character class that a database can be asked with', () => {
  expect(missingInCp932Pattern()).toMatch(/^\[\^.*\]$/su)
})

test('UTF-8 passes as it is behind one byte order mark, cut anywhere, also without rows', () => {
  fc.assert(
    fc.property(
      TEXT,
      fc.integer({ min: 1, max: 7 }),
      (text, size) =>
        void expect(throughChunks(utf8Encoder(), text, size).toString()).toBe(`\uFEFF${text.replaceAll('\n', '\r\n')}`),
    ),
  )
  expect(utf8Encoder().end().toString('hex')).toBe('efbbbf')
})
