/** Days on which Japanese banks move money: not weekends, national holidays, nor 31 December to 3 January (銀行法15条, 施行令5条). */
import { addDays, type BusinessDate, weekday } from '@choba/shared/dates.ts'
import type { Provider } from '@choba/shared/provider-accounts.ts'
import type { Roll } from '@choba/shared/terms.ts'

/** National holidays are data: laws move them. */
export type Calendar = {
  readonly holidays: ReadonlySet<string>
  /** Providers close on days of their own, national ones stand among them; without an entry they close with the banks. */
  readonly providers?: Readonly<Partial<Record<Provider, Calendar>>>
  /** The merchant's own days among the national ones: they move what the merchant sends, not what providers pay. */
  readonly shop?: Calendar
}

const YEAR_END: readonly string[] = ['12-31', '01-01', '01-02', '01-03']

export function isYearEnd(day: BusinessDate): boolean {
  return YEAR_END.includes(day.slice(5))
}

export function isBankHoliday({ holidays }: Calendar, day: BusinessDate): boolean {
  const dayOfWeek = weekday(day)
  return dayOfWeek === 0 || dayOfWeek === 6 || isYearEnd(day) || holidays.has(day)
}

export function rollDay(calendar: Calendar, day: BusinessDate, roll: Roll): BusinessDate {
  if (roll === 'none') return day
  let rolled = day
  while (isBankHoliday(calendar, rolled)) rolled = addDays(rolled, roll === 'next' ? 1 : -1)
  return rolled
}

/** The days of whoever pays out a method: Net Protections postpaid, SBPS the others. */
export function payerCalendar(calendar: Calendar, method: string): Calendar {
  return calendar.providers?.[method === 'np_postpaid' ? 'np' : 'sbps'] ?? calendar
}

export function shopCalendar(calendar: Calendar): Calendar {
  return calendar.shop ?? calendar
}
