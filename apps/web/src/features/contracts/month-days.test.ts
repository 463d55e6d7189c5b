import { expect, test } from 'vitest'
import { readDays, writeDays } from './month-days.ts'

test('days are read as a clerk or an English speaker writes them', () => {
  expect(readDays('１０、20日, 末')).toEqual([10, 20, 31])
  expect(readDays('15・月末')).toEqual([15, 31])
  expect(readDays('last day, 5')).toEqual([5, 31])
  expect(readDays('5, 5, 末日')).toEqual([5, 31])
})

test('what is no day is kept as it was typed, for the BFF to refuse', () => {
  expect(readDays('x, 3')).toContain('x')
})

test('what was read is written back in the reader’s language', () => {
  expect(writeDays([10, 31], '末日')).toBe('10, 末日')
  expect(readDays(writeDays([10, 31], '末日'))).toEqual([10, 31])
})
