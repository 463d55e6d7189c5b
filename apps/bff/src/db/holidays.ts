/** Japan's national holidays, 1970–2050. A merchant's calendar begins with them: see calendar.ts. */
import holidayJp from '@holiday-jp/holiday_jp'
import type { Calendar } from '../domain/calendar.ts'

export const NATIONAL_CALENDAR: Calendar = { holidays: new Set(Object.keys(holidayJp.holidays)) }

const NAMES = new Map(Object.values(holidayJp.holidays).map(({ date, name }) => [date as string, name as string]))

/** As the Cabinet Office names it; undefined where the library knows no holiday. */
export function holidayName(day: string): string | undefined {
  return NAMES.get(day)
}
