import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCp932, encodeCp932, foldForCp932, unmappableInCp932 } from './cp932.ts'

test('keeps the characters that plain Shift_JIS lacks', () => {
  for (const text of ['髙橋', '﨑山', '①②Ⅳ', '㈱茶舗', 'ﾔﾏﾀﾞ', '～－∥￥']) {
    const { bytes, unmappable } = encodeCp932(text)
    expect(unmappable).toEqual([])
    expect(decodeCp932(bytes)).toBe(text)
  }
})

test('folds the dashes and wave that Unicode spells twice', () => {
  expect(decodeCp932(encodeCp932('〜−—‖¥').bytes)).toBe('～－―∥￥')
})

test('lists what it cannot hold and marks the place, never a question mark', () => {
  const { bytes, unmappable } = encodeCp932('𠮷野家🍵茶🍵')
  expect(unmappable).toEqual(['𠮷', '🍵'])
  expect(decodeCp932(bytes)).toBe('〓野家〓茶〓')
})

test('reads no text out of a cut double byte', () => {
  const bytes = encodeCp932('茶').bytes
  expect(decodeCp932(bytes.subarray(0, 1))).toBeUndefined()
})

test('any text comes back folded, or its lost characters are named', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { bytes, unmappable } = encodeCp932(text)
      const expected = [...foldForCp932(text)].map((c) => (unmappable.includes(c) ? '〓' : c)).join('')
      expect(decodeCp932(bytes)).toBe(expected)
      expect(unmappableInCp932(text)).toEqual(unmappable)
    }),
    { numRuns: 500 },
  )
})
