/** Days on which Japanese banks work: not weekends, national holidays, nor 31 December to 3 January (Banking Act art. 15, its order art. 5). */
import holidayJp from '@holiday-jp/holiday_jp'
import { addDays, weekday, type BusinessDate } from '@choba/shared/dates.ts'

const HOLIDAYS: ReadonlySet<string> = new Set(Object.keys(holidayJp.holidays))

export function isBankHoliday(day: BusinessDate): boolean {
  const monthDay = day.slice(5)
  if (monthDay === '12-31' || monthDay === '01-01' || monthDay === '01-02' || monthDay === '01-03') return true
  const dayOfWeek = weekday(day)
  return dayOfWeek === 0 || dayOfWeek === 6 || HOLIDAYS.has(day)
}

/** The first business day after `day`, never `day` itself. */
export function nextBusinessDay(day: BusinessDate): BusinessDate {
  return rolled(addDays(day, 1), 'next')
}

export function addBusinessDays(day: BusinessDate, count: number): BusinessDate {
  let result = day
  for (let step = 0; step < count; step += 1) result = nextBusinessDay(result)
  return result
}

/** Where a payment day falls that may not be a business day: contracts differ. */
export function rolled(day: BusinessDate, roll: 'next' | 'previous' | 'none'): BusinessDate {
  if (roll === 'none') return day
  let result = day
  while (isBankHoliday(result)) result = addDays(result, roll === 'next' ? 1 : -1)
  return result
}
