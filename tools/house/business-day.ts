/** The calendar of the console, for tests that must name a day before the provider does. */
import { NATIONAL_CALENDAR } from '../../apps/bff/src/db/holidays.ts'
import { rollDay } from '../../apps/bff/src/domain/calendar.ts'
import { addDays, type BusinessDate } from '../../packages/shared/src/dates.ts'

export function nextBusinessDay(day: BusinessDate): BusinessDate {
  return rollDay(NATIONAL_CALENDAR, addDays(day, 1), 'next')
}
