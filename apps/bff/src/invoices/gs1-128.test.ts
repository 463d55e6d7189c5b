import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRAWN_ELSEWHERE, readBars } from '../testing/bar-reader.ts'
import { gs1Bars, modulesOf, slipDigits } from './gs1-128.ts'

const DIGITS = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 44, maxLength: 44 })
  .map((digits) => digits.join(''))

test.each(DRAWN_ELSEWHERE)('%s is drawn as another program draws it', (digits, widths) => {
  expect(gs1Bars(digits).join('')).toBe(widths)
})

test('whatever 44 digits there are, a scanner reads them, and the code is as wide as every other', () => {
  fc.assert(
    fc.property(DIGITS, (digits) => {
      const bars = gs1Bars(digits)
      expect(readBars(drawn(bars))).toBe(digits)
      // 24 characters and start of 11 modules, stop of 13, 10 blank on each side.
      expect(modulesOf(bars)).toBe(25 * 11 + 13 + 20)
    }),
  )
})

test('a bar that is drawn wrong is not read as other digits', () => {
  const [digits] = DRAWN_ELSEWHERE[0]!
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 21 }), fc.nat(99), (place, value) => {
      const pair = String(value).padStart(2, '0')
      const other = `${digits.slice(0, 2 * place)}${pair}${digits.slice(2 * place + 2)}`
      if (other === digits) return
      const [good, bad] = [gs1Bars(digits), gs1Bars(other)]
      const at = 12 + 6 * place
      const mixed = [...good.slice(0, at), ...bad.slice(at, at + 6), ...good.slice(at + 6)]
      expect(() => readBars(drawn(mixed))).toThrow('check character')
    }),
  )
})

test('digits that make no pairs are refused', () => {
  for (const digits of ['', '9', '123', '91a4']) expect(() => gs1Bars(digits)).toThrow(RangeError)
})

test('people read a slip in two lines, the money in the second', () => {
  expect(slipDigits('91900000' + '0000000000261128000010' + '261212' + '0' + '011000' + '6')).toEqual([
    '(91)900000-0000000000261128000010',
    '261212-0-011000-6',
  ])
  expect(() => slipDigits('91')).toThrow(RangeError)
})

function drawn(modules: readonly number[]) {
  let x = 0
  return modules.flatMap((width, index) => {
    const bar = { x, width, height: 34 }
    x += width
    return index % 2 === 0 ? [bar] : []
  })
}
