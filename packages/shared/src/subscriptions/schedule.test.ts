import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, daysBetween, endOfMonth } from '../dates.ts'
import { nextStep } from './dunning.ts'
import { catchUp, daysFrom, firstOn, following, type Rhythm, shortestCycle, stepsOf } from './schedule.ts'

function monthly(day: number, every = 1): Rhythm {
  return { unit: 'month', every, day, roll: 'none' }
}

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(businessDate('2000-01-01'), days))
const anyRhythm = fc.oneof(
  fc.record({
    unit: fc.constant('month' as const),
    every: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
    roll: fc.constant('none' as const),
  }),
  fc.record({
    unit: fc.constantFrom('week' as const, 'day' as const),
    every: fc.integer({ min: 1, max: 60 }),
    day: fc.constant(null),
    roll: fc.constant('none' as const),
  }),
)

describe('the days of a subscription', () => {
  test.each([
    [
      'the 31st is the last day of each month',
      monthly(31),
      '2027-01-31',
      '2027-01-31 2027-02-28 2027-03-31 2027-04-30',
    ],
    ['a leap February has its 29th', monthly(31), '2028-01-31', '2028-01-31 2028-02-29 2028-03-31 2028-04-30'],
    ['the 30th comes back after February', monthly(30), '2027-01-30', '2027-01-30 2027-02-28 2027-03-30 2027-04-30'],
    ['every third month', monthly(15, 3), '2026-11-15', '2026-11-15 2027-02-15 2027-05-15 2027-08-15'],
    [
      'every second week',
      { unit: 'week', every: 2, day: null, roll: 'none' } as const,
      '2026-12-24',
      '2026-12-24 2027-01-07 2027-01-21 2027-02-04',
    ],
    [
      'every 45 days',
      { unit: 'day', every: 45, day: null, roll: 'none' } as const,
      '2026-12-01',
      '2026-12-01 2027-01-15 2027-03-01 2027-04-15',
    ],
  ])('%s', (_, rhythm, first, days) => {
    expect(daysFrom(rhythm, businessDate(first), 4).join(' ')).toBe(days)
  })

  test('a month holds exactly one cycle of a monthly rhythm, on its day or its last', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 31 }), (from, day) => {
        const days = daysFrom(monthly(day), firstOn(monthly(day), from), 30)
        expect(new Set(days.map((on) => on.slice(0, 7))).size).toBe(30)
        for (const on of days) expect(on === endOfMonth(on) || Number(on.slice(8)) === day).toBe(true)
      }),
    )
  })

  test('days only go forward, never by less than the shortest cycle', () => {
    fc.assert(
      fc.property(anyRhythm, anyDay, (rhythm, from) => {
        const first = firstOn(rhythm, from)
        const gap = daysBetween(first, following(rhythm, first))
        expect(first >= from).toBe(true)
        // From a month's clipped last day a shorter gap than the shortest month cannot arise.
        expect(gap).toBeGreaterThanOrEqual(shortestCycle(rhythm))
      }),
    )
  })

  test('after a pause the rhythm goes on where it would stand without it', () => {
    fc.assert(
      fc.property(anyRhythm, anyDay, fc.integer({ min: 0, max: 800 }), (rhythm, from, pause) => {
        const first = firstOn(rhythm, from)
        const again = catchUp(rhythm, first, addDays(first, pause))
        expect(again >= addDays(first, pause)).toBe(true)
        expect(daysFrom(rhythm, first, 900)).toContain(again)
      }),
    )
  })

  test('an order is made up and screened so many calendar days before', () => {
    expect(stepsOf({ generateDays: 7, chargeDays: 3 }, businessDate('2027-03-02'))).toEqual({
      generateOn: '2027-02-23',
      chargeOn: '2027-02-27',
    })
  })
})

describe('after a failure', () => {
  const policy = { retryDays: [3, 7], onFailure: 'fallback' } as const
  const first = businessDate('2027-01-28')
  const failed = (count: number, fellBack = false) => ({ count, firstOn: first, fellBack })

  test('tries again on the days of the ladder, then by the other method, then no more', () => {
    expect(nextStep(policy, failed(1))).toEqual({ kind: 'retry', on: '2027-01-31' })
    expect(nextStep(policy, failed(2))).toEqual({ kind: 'retry', on: '2027-02-04' })
    expect(nextStep(policy, failed(3))).toEqual({ kind: 'fallback' })
    expect(nextStep(policy, failed(3, true))).toEqual({ kind: 'skip' })
  })

  test('never tries more often than there are days, whatever was chosen for the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 }),
        fc.constantFrom('fallback' as const, 'skip' as const, 'pause' as const),
        (retryDays, onFailure) => {
          let retries = 0
          for (let count = 1; nextStep({ retryDays, onFailure }, failed(count)).kind === 'retry'; count += 1)
            retries += 1
          expect(retries).toBe(retryDays.length)
        },
      ),
    )
  })
})
