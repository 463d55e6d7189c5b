/** Days and instants as the shop reads them: Asia/Tokyo, whatever the clock of the browser says. */
import { atTime, businessDate, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { Language } from '@choba/shared/labels/labels.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

export function formatDay(day: string | null | undefined, language: Language): string {
  if (day === null || day === undefined) return '–'
  return language === 'ja' ? day.replaceAll('-', '/') : day
}

/** A month written `YYYY-MM`. */
export function formatMonth(month: string, language: Language): string {
  return language === 'ja' ? `${month.slice(0, 4)}年${Number(month.slice(5))}月` : month
}

export function formatInstant(instant: string | null | undefined, language: Language): string {
  const date = instant ? new Date(instant) : undefined
  if (date === undefined || Number.isNaN(date.getTime())) return '–'
  return `${formatDay(dayOf(date), language)} ${clockTime(date)}`
}

/** The day of an instant in Tokyo, or the day itself where only a day is known. */
export function dayIn(value: string): BusinessDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? businessDate(value) : dayOf(new Date(value))
}

function clockTime(date: Date): string {
  const midnight = atTime(dayOf(date), 0)
  const minutes = Math.floor((date.getTime() - midnight.getTime()) / MINUTE_MS) % DAY_MINUTES
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
