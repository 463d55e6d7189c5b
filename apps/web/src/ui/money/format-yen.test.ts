import { describe, expect, test } from 'vitest'
import { formatYen, readYen, UNKNOWN } from './format-yen.ts'

describe('money on the screen', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1_234_567, '1,234,567'],
    [-1200, '-1,200'],
    [9_007_199_254_740_991, '9,007,199,254,740,991'],
  ])('%d is written %s', (amount, text) => {
    expect(formatYen(amount)).toBe(text)
  })

  test('unknown is not zero', () => {
    expect(formatYen(null)).toBe(UNKNOWN)
    expect(formatYen(undefined)).toBe(UNKNOWN)
  })

  test.each(['1,234', '１２３４', '¥1234', '1234円', ' 1 234 '])('%j is read as 1234 yen', (text) => {
    expect(readYen(text)).toBe(1234)
  })

  test.each(['', '12.5', '1e3', 'abc', '１２．５', '1234567890123'])('%j is no amount', (text) => {
    expect(readYen(text)).toBeUndefined()
  })
})
