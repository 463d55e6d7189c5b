import { expect, test } from 'vitest'
import { dayIn, formatDay, formatInstant } from './format-time.ts'

test('an instant is cut in Tokyo, whatever the zone of the browser', () => {
  expect(formatInstant('2026-03-31T15:05:00Z', 'ja')).toBe('2026/04/01 00:05')
  expect(formatInstant('2026-03-31T14:59:59Z', 'en')).toBe('2026-03-31 23:59')
  expect(dayIn('2026-03-31T15:05:00Z')).toBe('2026-04-01')
})

test('an unknown day is a dash', () => {
  expect(formatDay(null, 'ja')).toBe('–')
  expect(formatInstant('soon', 'ja')).toBe('–')
})
