/** The addresses of calendar and month view: `/subscriptions/calendar?from=2026-12-01&day=2026-12-25`. */
import { type BusinessDate, parseBusinessDate } from '@choba/shared/dates.ts'

export type CalendarSearch = {
  readonly from?: BusinessDate
  /** The day whose cycles are listed below the grid; without it, all. */
  readonly day?: BusinessDate
  readonly shop?: string
}
export type MonthSearch = { readonly month?: string }

export function parseCalendarSearch(raw: Record<string, unknown>): CalendarSearch {
  const from = typeof raw.from === 'string' ? parseBusinessDate(raw.from) : undefined
  const day = typeof raw.day === 'string' ? parseBusinessDate(raw.day) : undefined
  const shop = typeof raw.shop === 'string' && /^[0-9a-f-]{36}$/.test(raw.shop) ? raw.shop : undefined
  return { ...(from && { from }), ...(day && { day }), ...(shop && { shop }) }
}

export function parseMonthSearch(raw: Record<string, unknown>): MonthSearch {
  return typeof raw.month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(raw.month) ? { month: raw.month } : {}
}
