/** Days on which Japanese banks move money: not weekends, national holidays, nor 31 December to 3 January (銀行法15条, 施行令5条). */
import { addDays, type BusinessDate, weekday } from '@choba/shared/dates.ts'
import type { Roll } from '@choba/shared/terms.ts'

/** National holidays are data: laws move them. */
export type Calendar = { readonly holidays: ReadonlySet<string> }

const YEAR_END: readonly string[] = ['12-31', '01-01', '01-02', '01-03']

export function isBankHoliday({ holidays }: Calendar, day: BusinessDate): boolean {
  const dayOfWeek = weekday(day)
  return dayOfWeek === 0 || dayOfWeek === 6 || YEAR_END.includes(day.slice(5)) || holidays.has(day)
}

export function rollDay(calendar: Calendar, day: BusinessDate, roll: Roll): BusinessDate {
  if (roll === 'none') return day
  let rolled = day
  while (isBankHoliday(calendar, rolled)) rolled = addDays(rolled, roll === 'next' ? 1 : -1)
  return rolled
}
