/** When an export is taken by itself, and which days it is of. All in Asia/Tokyo. */
import { addDays, addMonths, atTime, type BusinessDate, dayOf, endOfMonth, firstOfMonth, weekday } from './dates.ts'
import { dayInMonth } from './subscriptions/schedule.ts'

export const CADENCES = ['daily', 'weekly', 'monthly'] as const
export type Cadence = (typeof CADENCES)[number]

/** Which days a list is of, seen from the day on which it is taken. `open`: whatever the list has. */
export const PERIODS = [
  'previous_day',
  'previous_seven_days',
  'previous_week',
  'previous_month',
  'this_month',
  'open',
] as const
export type Period = (typeof PERIODS)[number]

export type Timing = {
  readonly cadence: Cadence
  /** Sunday is 0. For `weekly` alone. */
  readonly weekday: number
  /** 1 to 31; a month that is shorter ends with its last day. For `monthly` alone. */
  readonly monthDay: number
  readonly hour: number
  readonly minute: number
}

/** The first time after the instant. What was missed while nothing ran is not made up for one by one. */
export function nextTime(timing: Timing, after: Date): Date {
  let day = dayOf(after)
  for (;;) {
    const at = atTime(day, timing.hour, timing.minute)
    if (at > after && isDay(timing, day)) return at
    day = addDays(day, 1)
  }
}

/** The last time that is not after the instant: what is made up for once when several were missed. */
export function lastTime(timing: Timing, until: Date): Date {
  let day = dayOf(until)
  for (;;) {
    const at = atTime(day, timing.hour, timing.minute)
    if (at <= until && isDay(timing, day)) return at
    day = addDays(day, -1)
  }
}

function isDay({ cadence, weekday: wanted, monthDay }: Timing, day: BusinessDate): boolean {
  if (cadence === 'daily') return true
  if (cadence === 'weekly') return weekday(day) === wanted
  return day === dayInMonth(day, monthDay)
}

/** Both days included. */
export function daysOf(period: Period, today: BusinessDate): { from: BusinessDate; to: BusinessDate } | null {
  switch (period) {
    case 'open':
      return null
    case 'previous_day':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'previous_seven_days':
      return { from: addDays(today, -7), to: addDays(today, -1) }
    // From Monday to Sunday.
    case 'previous_week': {
      const monday = addDays(today, -((weekday(today) + 6) % 7) - 7)
      return { from: monday, to: addDays(monday, 6) }
    }
    case 'this_month':
      return { from: firstOfMonth(today), to: today }
    case 'previous_month': {
      const first = firstOfMonth(addMonths(firstOfMonth(today), -1))
      return { from: first, to: endOfMonth(first) }
    }
  }
}
