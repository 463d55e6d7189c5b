import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDate, type BusinessDate, weekday } from '@choba/shared/dates.ts'
import { CYCLES } from '@choba/shared/terms.ts'
import { isBankHoliday, rollDay } from './calendar.ts'
import { closingOf, type ClosingRule } from './closing-cycle.ts'

/** National holidays of 2026 and 2027, as the Cabinet Office publishes them. */
const HOLIDAYS = [
  ...'01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23'
    .split(' ')
    .map((day) => `2026-${day}`),
  ...'01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23'
    .split(' ')
    .map((day) => `2027-${day}`),
]
const calendar = { holidays: new Set(HOLIDAYS) }

function closing(rule: ClosingRule, day: string): [string, string] {
  const { closingOn, payOn } = closingOf(rule, businessDate(day), calendar)
  return [closingOn, payOn]
}

test.for(['2026-01-02', '2026-03-20', '2027-01-01', '2027-12-31'])('the Friday %s is a bank holiday', (day) => {
  expect(weekday(businessDate(day))).toBe(5)
  expect(isBankHoliday(calendar, businessDate(day))).toBe(true)
})

test.for([
  ['2026-01-31', '2026-01-30', '2026-02-02'],
  ['2026-02-28', '2026-02-27', '2026-03-02'],
  ['2026-05-31', '2026-05-29', '2026-06-01'],
  ['2026-10-31', '2026-10-30', '2026-11-02'],
  ['2026-12-31', '2026-12-30', '2027-01-04'],
  ['2027-01-31', '2027-01-29', '2027-02-01'],
  ['2027-02-28', '2027-02-26', '2027-03-01'],
  ['2027-07-31', '2027-07-30', '2027-08-02'],
  ['2027-10-31', '2027-10-29', '2027-11-01'],
] as const)('the month end %s rolls back to %s and forward to %s', ([day, previous, next]) => {
  expect(rollDay(calendar, businessDate(day), 'previous')).toBe(previous)
  expect(rollDay(calendar, businessDate(day), 'next')).toBe(next)
  expect(rollDay(calendar, businessDate(day), 'none')).toBe(day)
})

test('weekly closes on Friday and pays the next, rolled over the New Year', () => {
  expect(closing({ cycle: 'weekly', roll: 'next' }, '2026-11-25')).toEqual(['2026-11-27', '2026-12-04'])
  expect(closing({ cycle: 'weekly', roll: 'next' }, '2026-11-27')).toEqual(['2026-11-27', '2026-12-04'])
  expect(closing({ cycle: 'weekly', roll: 'next' }, '2026-12-20')).toEqual(['2026-12-25', '2027-01-04'])
  expect(closing({ cycle: 'weekly', roll: 'previous' }, '2026-12-20')).toEqual(['2026-12-25', '2026-12-30'])
  expect(closing({ cycle: 'weekly', roll: 'next' }, '2026-03-13')).toEqual(['2026-03-13', '2026-03-23'])
})

test('twice a month closes on the Friday before the second and the fourth', () => {
  const rule: ClosingRule = { cycle: 'twice_monthly', roll: 'next' }
  expect(closing(rule, '2026-11-01')).toEqual(['2026-11-06', '2026-11-13'])
  expect(closing(rule, '2026-11-07')).toEqual(['2026-11-20', '2026-11-27'])
  expect(closing(rule, '2026-11-21')).toEqual(['2026-12-04', '2026-12-11'])
})

test('by the contract’s own days: closed on the 10th, 20th and the last, paid on the 25th of the next month', () => {
  const rule: ClosingRule = { cycle: 'by_day', closingDays: [31, 10, 20], payMonths: 1, payDay: 25, roll: 'next' }
  expect(closing(rule, '2026-02-01')).toEqual(['2026-02-10', '2026-03-25'])
  expect(closing(rule, '2026-02-20')).toEqual(['2026-02-20', '2026-03-25'])
  expect(closing(rule, '2026-02-21')).toEqual(['2026-02-28', '2026-03-25'])
  // The 25th of April is a Saturday.
  expect(closing(rule, '2026-03-31')).toEqual(['2026-03-31', '2026-04-27'])
  expect(closing({ cycle: 'by_day', closingDays: [5], payAfterDays: 20, roll: 'previous' }, '2026-12-06')).toEqual([
    '2027-01-05',
    '2027-01-25',
  ])
  expect(closing({ cycle: 'by_day', closingDays: [15], payMonths: 0, payDay: 31, roll: 'none' }, '2026-02-16')).toEqual(
    ['2026-03-15', '2026-03-31'],
  )
})

test('month end pays at the end of the next month', () => {
  expect(closing({ cycle: 'month_end', roll: 'previous' }, '2025-12-05')).toEqual(['2025-12-31', '2026-01-30'])
  expect(closing({ cycle: 'month_end', roll: 'next' }, '2025-12-31')).toEqual(['2025-12-31', '2026-02-02'])
  expect(closing({ cycle: 'month_end', roll: 'next' }, '2026-11-05')).toEqual(['2026-11-30', '2027-01-04'])
})

test('semi-monthly pays fifteen days after the 15th and the month end', () => {
  expect(closing({ cycle: 'semi_monthly', roll: 'next' }, '2026-11-15')).toEqual(['2026-11-15', '2026-11-30'])
  expect(closing({ cycle: 'semi_monthly', roll: 'next' }, '2026-11-16')).toEqual(['2026-11-30', '2026-12-15'])
})

test('a designated Friday closes the Friday before', () => {
  expect(closing({ cycle: 'designated_friday', roll: 'next', friday: 3 }, '2026-11-14')).toEqual([
    '2026-12-11',
    '2026-12-18',
  ])
  expect(closing({ cycle: 'designated_friday', roll: 'next', friday: 1 }, '2026-11-14')).toEqual([
    '2026-11-27',
    '2026-12-04',
  ])
})

test('no closing lies before its day, no payment before its closing, and a rolled payment is a business day', () => {
  const days = fc.integer({ min: 0, max: 700 }).map((n): BusinessDate => addDays(businessDate('2026-01-01'), n))
  const rules = fc.record({
    cycle: fc.constantFrom(...CYCLES),
    roll: fc.constantFrom('next' as const, 'previous' as const),
  })
  fc.assert(
    fc.property(rules, days, (rule, day) => {
      const { closingOn, payOn } = closingOf(rule, day, calendar)
      expect(closingOn >= day && payOn > closingOn).toBe(true)
      expect(isBankHoliday(calendar, payOn)).toBe(false)
      expect(closingOf(rule, closingOn, calendar).closingOn).toBe(closingOn)
    }),
  )
})
