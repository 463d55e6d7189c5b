import { businessDate, weekday } from '@choba/shared/dates.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addBusinessDays, isBankHoliday, nextBusinessDay, rolled } from '../business-days.ts'
import { nextClosing, paymentDay } from './closing-cycle.ts'

function contract(closing: 'weekly' | 'twice_monthly' | 'month_end', roll: 'next' | 'previous' | 'none') {
  return {
    feeRateBp: 0,
    invoicePostageYen: 0,
    closing,
    roll,
  }
}
const day = fc
  .integer({ min: 0, max: 1_400 })
  .map((n) => businessDate(new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10)))

test('weekly payments fall on the next Friday, and roll over the bank holidays among them', () => {
  const cases = [
    ['2025-12-26', '2026-01-02', '2026-01-05', '2025-12-30'],
    ['2026-03-13', '2026-03-20', '2026-03-23', '2026-03-19'],
    ['2026-12-25', '2027-01-01', '2027-01-04', '2026-12-30'],
    ['2027-12-24', '2027-12-31', '2028-01-04', '2027-12-30'],
  ] as const
  for (const [closing, none, next, previous] of cases) {
    expect(nextClosing('weekly', businessDate(closing))).toBe(closing)
    expect(
      (['none', 'next', 'previous'] as const).map((roll) =>
        paymentDay(contract('weekly', roll), businessDate(closing)),
      ),
    ).toEqual([none, next, previous])
  }
})

test('month ends pay at the next month end, rolled when the bank is closed', () => {
  const cases = [
    ['2025-12-31', '2026-01-30', '2026-02-02'],
    ['2026-01-31', '2026-02-27', '2026-03-02'],
    ['2026-04-30', '2026-05-29', '2026-06-01'],
    ['2026-09-30', '2026-10-30', '2026-11-02'],
    ['2026-11-30', '2026-12-30', '2027-01-04'],
  ] as const
  for (const [closing, previous, next] of cases) {
    expect(paymentDay(contract('month_end', 'previous'), businessDate(closing))).toBe(previous)
    expect(paymentDay(contract('month_end', 'next'), businessDate(closing))).toBe(next)
  }
})

test('twice a month closes the Friday before the 2nd and 4th Friday', () => {
  expect(nextClosing('twice_monthly', businessDate('2026-11-01'))).toBe('2026-11-06')
  expect(paymentDay(contract('twice_monthly', 'next'), businessDate('2026-11-06'))).toBe('2026-11-13')
  expect(nextClosing('twice_monthly', businessDate('2026-11-07'))).toBe('2026-11-20')
  expect(nextClosing('twice_monthly', businessDate('2026-11-21'))).toBe('2026-12-04')
})

test('a closing never lies before its day, and asking again on it answers the same', () => {
  fc.assert(
    fc.property(
      day,
      fc.constantFrom('weekly' as const, 'twice_monthly' as const, 'month_end' as const),
      (from, cycle) => {
        const closing = nextClosing(cycle, from)
        expect(closing >= from).toBe(true)
        expect(nextClosing(cycle, closing)).toBe(closing)
        expect(cycle === 'month_end' || weekday(closing) === 5).toBe(true)
        expect(isBankHoliday(paymentDay(contract(cycle, 'next'), closing))).toBe(false)
      },
    ),
  )
})

test('knows the days between holidays and the turn of the year', () => {
  expect(isBankHoliday(businessDate('2026-09-22'))).toBe(true)
  expect(isBankHoliday(businessDate('2026-11-23'))).toBe(true)
  expect(nextBusinessDay(businessDate('2026-12-30'))).toBe('2027-01-04')
  expect(addBusinessDays(businessDate('2026-09-18'), 2)).toBe('2026-09-25')
  expect(rolled(businessDate('2026-11-22'), 'previous')).toBe('2026-11-20')
})
