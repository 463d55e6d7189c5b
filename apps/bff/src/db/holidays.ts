/** Japan's national holidays, 1970–2050. */
import holidayJp from '@holiday-jp/holiday_jp'
import type { Calendar } from '../domain/calendar.ts'

export const NATIONAL_CALENDAR: Calendar = { holidays: new Set(Object.keys(holidayJp.holidays)) }
