/** Days are cut in Asia/Tokyo: UTC+9 all year, so a day is plain arithmetic on the instant. */
declare const businessDateBrand: unique symbol
/** A calendar day in the shop's zone, `YYYY-MM-DD`. */
export type BusinessDate = string & { readonly [businessDateBrand]: true }

export const SHOP_ZONE = 'Asia/Tokyo'
const JST_OFFSET_MS = 9 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** @throws RangeError when `text` is not a day of the calendar written `YYYY-MM-DD`. */
export function businessDate(text: string): BusinessDate {
  const date = parseBusinessDate(text)
  if (date === undefined) throw new RangeError(`not a day: ${text}`)
  return date
}

export function parseBusinessDate(text: string): BusinessDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text) ? (text as BusinessDate) : undefined
}

/** The day in Tokyo on which an instant falls. */
export function dayOf(instant: Date): BusinessDate {
  return new Date(instant.getTime() + JST_OFFSET_MS).toISOString().slice(0, 10) as BusinessDate
}

/** The first instant of a day in Tokyo. */
export function startOfDay(day: BusinessDate): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - JST_OFFSET_MS)
}

/** An instant on a day at a wall-clock time in Tokyo. */
export function atTime(day: BusinessDate, hour: number, minute = 0, second = 0): Date {
  return new Date(startOfDay(day).getTime() + ((hour * 60 + minute) * 60 + second) * 1000)
}

export function addDays(day: BusinessDate, days: number): BusinessDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as BusinessDate
}

export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: BusinessDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

export function firstOfMonth(day: BusinessDate): BusinessDate {
  return `${day.slice(0, 7)}-01` as BusinessDate
}

/** The first day of the month `months` away from the day's own month. */
export function addMonths(day: BusinessDate, months: number): BusinessDate {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10) as BusinessDate
}

export function endOfMonth(day: BusinessDate): BusinessDate {
  return addDays(addMonths(day, 1), -1)
}

/** `YYYYMMDDHHMMSS` in Japan time, as SBPS writes instants. */
export function jstCompact(instant: Date): string {
  return new Date(instant.getTime() + JST_OFFSET_MS).toISOString().replace(/[-T:]/g, '').slice(0, 14)
}

/** Reads `YYYYMMDDHHMMSS` or `YYYYMMDD` in Japan time. Undefined when it is no such instant. */
export function parseJstCompact(text: string): Date | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(text)
  if (!match) return undefined
  const day = parseBusinessDate(`${match[1]}-${match[2]}-${match[3]}`)
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)]
  if (day === undefined || hour > 23 || minute > 59 || second > 59) return undefined
  return atTime(day, hour, minute, second)
}

/** ISO 8601 with +09:00, as Net Protections writes instants. */
export function jstIso(instant: Date): string {
  return `${new Date(instant.getTime() + JST_OFFSET_MS).toISOString().slice(0, 19)}+09:00`
}
