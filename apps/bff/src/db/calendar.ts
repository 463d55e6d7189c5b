/** The calendar of a merchant, read once for each request or job: the library's holidays and the merchant's own lines. */
import type { Kysely } from 'kysely'
import { calendarOf, type CalendarDay } from '../domain/calendar-days.ts'
import { type Calendar, shopCalendar } from '../domain/calendar.ts'
import { NATIONAL_CALENDAR } from './holidays.ts'
import type { Database } from './schema.ts'

export async function loadCalendar(db: Kysely<Database>, merchantId: string): Promise<Calendar> {
  return calendarBy(await listCalendarDays(db, merchantId))
}

/** By which the merchant itself goes: with its own days among the national ones. */
export async function loadShopCalendar(db: Kysely<Database>, merchantId: string): Promise<Calendar> {
  return shopCalendar(await loadCalendar(db, merchantId))
}

export function calendarBy(days: readonly CalendarDay[]): Calendar {
  return calendarOf(NATIONAL_CALENDAR.holidays, days)
}

export type CalendarRow = CalendarDay & { readonly name: string; readonly source: 'own' | 'file' }

/** Served by the primary key. A merchant has some dozens. */
export function listCalendarDays(db: Kysely<Database>, merchantId: string): Promise<CalendarRow[]> {
  return db
    .selectFrom('calendarDay')
    .select(['scope', 'day', 'closed', 'name', 'source'])
    .where('merchantId', '=', merchantId)
    .orderBy('scope')
    .orderBy('day')
    .execute()
}
