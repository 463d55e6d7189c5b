import fc from 'fast-check'
import { expect, test } from 'vitest'
import { businessDate, dayOf } from './dates.ts'
import { CADENCES, daysOf, lastTime, nextTime, type Timing } from './export-schedules.ts'

const MONTHLY: Timing = { cadence: 'monthly', weekday: 0, monthDay: 31, hour: 7, minute: 30 }

test.each([
  ['2026-11-28T22:29:00Z', '2026-11-29T22:30:00.000Z'],
  ['2027-01-31T00:00:00Z', '2027-02-27T22:30:00.000Z'],
  ['2028-02-10T00:00:00Z', '2028-02-28T22:30:00.000Z'],
])('the 31st after %s is the last day there is: %s', (after, at) => {
  expect(nextTime(MONTHLY, new Date(after)).toISOString()).toBe(at)
})

test('the next time is later, at the hour that was set in Tokyo, and the one after it is later still', () => {
  const timing = fc.record({
    cadence: fc.constantFrom(...CADENCES),
    weekday: fc.integer({ min: 0, max: 6 }),
    monthDay: fc.integer({ min: 1, max: 31 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(timing, instant, (settled, after) => {
      const at = nextTime(settled, after)
      expect(at > after).toBe(true)
      const tokyo = new Date(at.getTime() + 9 * 3_600_000)
      expect([tokyo.getUTCHours(), tokyo.getUTCMinutes()]).toEqual([settled.hour, settled.minute])
      const gap = (nextTime(settled, at).getTime() - at.getTime()) / 86_400_000
      const [least, most] = { daily: [1, 1], weekly: [7, 7], monthly: [28, 31] }[settled.cadence] as [number, number]
      expect(gap >= least && gap <= most).toBe(true)
      // Between two times the last one is the earlier, and a time itself counts as past.
      expect(lastTime(settled, at)).toEqual(at)
      expect(lastTime(settled, new Date(nextTime(settled, at).getTime() - 1))).toEqual(at)
    }),
  )
})

test('periods are whole days of Tokyo before the day they are taken on', () => {
  const today = businessDate('2026-03-01')
  expect(daysOf('previous_day', today)).toEqual({ from: '2026-02-28', to: '2026-02-28' })
  expect(daysOf('previous_seven_days', today)).toEqual({ from: '2026-02-22', to: '2026-02-28' })
  // The first of March 2026 is a Sunday.
  expect(daysOf('previous_week', today)).toEqual({ from: '2026-02-16', to: '2026-02-22' })
  expect(daysOf('previous_week', businessDate('2026-03-02'))).toEqual({ from: '2026-02-23', to: '2026-03-01' })
  expect(daysOf('previous_month', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(daysOf('this_month', dayOf(new Date('2026-03-14T20:00:00Z')))).toEqual({
    from: '2026-03-01',
    to: '2026-03-15',
  })
  expect(daysOf('open', today)).toBeNull()
})
