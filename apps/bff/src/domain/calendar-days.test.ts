import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { calendarOf, changedDays } from './calendar-days.ts'
import { isBankHoliday, payerCalendar, rollDay, shopCalendar } from './calendar.ts'

const LIBRARY = new Set(['2026-11-23', '2027-01-11'])
const FIRST = businessDate('2026-11-01')
const day = fc.integer({ min: 0, max: 120 }).map((number) => addDays(FIRST, number))
const line = fc.record({
  scope: fc.constantFrom('nation' as const, 'shop' as const, 'np' as const, 'sbps' as const),
  day,
  closed: fc.boolean(),
})

test('a day is rolled to one that is open to whoever moves the money, and no further than the nearest', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(line, { maxLength: 20, selector: (each) => `${each.scope}${each.day}` }),
      day,
      (lines, on) => {
        const calendar = calendarOf(LIBRARY, lines)
        for (const own of [
          payerCalendar(calendar, 'np_postpaid'),
          payerCalendar(calendar, 'card'),
          shopCalendar(calendar),
        ]) {
          const next = rollDay(own, on, 'next')
          expect(isBankHoliday(own, next)).toBe(false)
          for (let between = on; between < next; between = addDays(between, 1))
            expect(isBankHoliday(own, between)).toBe(true)
        }
      },
    ),
  )
})

test('what one keeps closed moves nobody else, and a national day moves all', () => {
  const monday = businessDate('2026-12-07')
  const closedFor = (scope: 'nation' | 'shop' | 'np' | 'sbps') => {
    const calendar = calendarOf(LIBRARY, [{ scope, day: monday, closed: true }])
    const all = [payerCalendar(calendar, 'np_postpaid'), payerCalendar(calendar, 'card'), shopCalendar(calendar)]
    return all.map((own) => isBankHoliday(own, monday))
  }
  expect(closedFor('np')).toEqual([true, false, false])
  expect(closedFor('sbps')).toEqual([false, true, false])
  expect(closedFor('shop')).toEqual([false, false, true])
  expect(closedFor('nation')).toEqual([true, true, true])
})

test('a change taken back leaves the calendar as it was, whatever stood in it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(line, { maxLength: 20, selector: (each) => `${each.scope}${each.day}` }),
      line,
      (lines, extra) => {
        const others = lines.filter((each) => each.scope !== extra.scope || each.day !== extra.day)
        const back = changedDays(changedDays(others, [extra]), [{ ...extra, closed: null }])
        expect(calendarOf(LIBRARY, back)).toEqual(calendarOf(LIBRARY, others))
      },
    ),
  )
})
