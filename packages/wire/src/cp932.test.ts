import fc from 'fast-check'
import { expect, test } from 'vitest'
import { misfitCharacters } from '@choba/shared/checks/cp932-characters.ts'
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

test('forms know the same characters without the table', () => {
  const differing: string[] = []
  for (let code = 0x20; code <= 0xffff; code += 1) {
    // Surrogates are no characters; private use means something else on each machine.
    if ((code >= 0xd800 && code <= 0xf8ff) || code === 0xfffd) continue
    const character = String.fromCharCode(code)
    const isMisfit = misfitCharacters(character).length > 0
    const isControl = code === 0x7f || (code >= 0x80 && code < 0xa0)
    if (!isControl && isMisfit !== unmappableInCp932(character).length > 0) differing.push(character)
  }
  expect(differing).toEqual([])
})
