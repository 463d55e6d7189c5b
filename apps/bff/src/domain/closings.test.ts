import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { CYCLES, ROLLS, type Term } from '@choba/shared/terms.ts'
import { closedThrough, closingFor, isLastOfMonth, opensOn } from './closings.ts'

const calendar = { holidays: new Set(['2026-11-23']) }
const np = { shopId: 's', method: 'np_postpaid' }
function term(validFrom: string, cycle: (typeof CYCLES)[number]): Term {
  return {
    ...np,
    kind: 'closing',
    validFrom,
    value: { cycle, roll: 'next' },
    assumed: false,
  }
}
const weekly = [term('2020-01-01', 'weekly')]
const CHANGED = [...weekly, term('2026-12-01', 'month_end')]

test('a closing takes the days since the one before it', () => {
  expect(opensOn(weekly, np, businessDate('2026-11-27'), calendar)).toBe('2026-11-21')
  expect(opensOn([term('2020-01-01', 'month_end')], np, businessDate('2026-11-30'), calendar)).toBe('2026-11-01')
})

test('a change of cycle takes effect from its day: days before still close as they did', () => {
  expect(closingFor(CHANGED, np, businessDate('2026-11-30'), calendar)).toEqual({
    closingOn: '2026-12-04',
    payOn: '2026-12-11',
  })
  expect(closingFor(CHANGED, np, businessDate('2026-12-01'), calendar)).toEqual({
    closingOn: '2026-12-31',
    payOn: '2027-02-01',
  })
  expect(closingFor(CHANGED, { ...np, method: 'card' }, businessDate('2026-12-01'), calendar)).toBeUndefined()
})

test('a statement is missed once its closing is past and a day has gone by', () => {
  expect(closedThrough(weekly, np, businessDate('2026-11-28'), calendar)).toBe('2026-11-20')
  expect(closedThrough(weekly, np, businessDate('2026-11-29'), calendar)).toBe('2026-11-27')
  expect(closedThrough([], np, businessDate('2026-11-29'), calendar)).toBeUndefined()
})

test('one closing of each month is its last', () => {
  expect(
    ['2026-11-20', '2026-11-27', '2026-12-25'].map((day) => isLastOfMonth(weekly, np, businessDate(day), calendar)),
  ).toEqual([false, true, true])
})

test('every day is in exactly one closing, and each closing takes an unbroken run of days', () => {
  const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays(businessDate('2026-01-01'), n))
  const rule = fc.record({
    cycle: fc.constantFrom(...CYCLES),
    roll: fc.constantFrom(...ROLLS),
    friday: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(rule, day, (value, on) => {
      const terms: Term[] = [{ ...np, kind: 'closing', validFrom: '2020-01-01', value, assumed: false }]
      const { closingOn } = closingFor(terms, np, on, calendar)!
      const first = opensOn(terms, np, closingOn, calendar)
      expect(first <= on && on <= closingOn).toBe(true)
      expect(closingFor(terms, np, addDays(first, -1), calendar)!.closingOn < closingOn).toBe(true)
    }),
  )
})
