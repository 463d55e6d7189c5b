/** Days and times as shops write them: western and Japanese years, full width, and the day numbers of a spreadsheet. */
import { addDays, atTime, type BusinessDate, businessDate, parseBusinessDate, startOfDay } from '@choba/shared/dates.ts'
import type { DayOrder } from '@choba/shared/imports/words.ts'

type Era = { readonly names: readonly string[]; readonly from: BusinessDate; readonly until: BusinessDate }

/** Each era with its own days: 令和元年4月30日 and 平成31年5月1日 never were. */
const ERAS: readonly Era[] = [
  { names: ['令和', '令', 'r'], from: businessDate('2019-05-01'), until: businessDate('2118-12-31') },
  { names: ['平成', '平', 'h'], from: businessDate('1989-01-08'), until: businessDate('2019-04-30') },
  { names: ['昭和', '昭', 's'], from: businessDate('1926-12-25'), until: businessDate('1989-01-07') },
]
/** Spreadsheets count from here, with a 29 February 1900 that never was. */
const SERIAL_ZERO = businessDate('1899-12-30')
/** 2000-01-01 to 2099-12-31: what is smaller or larger is a number and no day. */
const SERIALS = { from: 36_526, until: 73_050 }

/** 2026-11-25, 2026/11/5, 20261125, 2026年11月25日, R8.11.25, 令和8年11月25日, 46351. A time behind it is left aside. */
export function readDay(value: string, order: DayOrder = 'ymd'): BusinessDate | undefined {
  return splitDay(value, order)?.day
}

/** A day, with a time of the day in Tokyo where one stands behind it. An instant with its own offset is read as such. */
export function readInstant(value: string, order: DayOrder = 'ymd'): Date | undefined {
  const text = value.normalize('NFKC').trim()
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    const instant = new Date(text)
    return Number.isNaN(instant.getTime()) ? undefined : instant
  }
  const split = splitDay(text, order)
  if (split === undefined) return undefined
  if (typeof split.rest === 'number') return new Date(startOfDay(split.day).getTime() + split.rest * 1000)
  if (split.rest === '') return startOfDay(split.day)
  const [, half, hour, minute, second = '0'] =
    /^(午前|午後|AM|PM)?\s*(\d{1,2})[:時](\d{1,2})[:分]?(?:(\d{1,2})(?:\.\d+)?秒?)?$/i.exec(split.rest) ?? []
  if (hour === undefined || minute === undefined) return undefined
  const isAfternoon = half === '午後' || half?.toUpperCase() === 'PM'
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return atTime(split.day, hours, Number(minute), Number(second))
}

/** What stands behind the day: a text, or the seconds of the day a spreadsheet's fraction says. */
type Split = { readonly day: BusinessDate; readonly rest: string | number }

function splitDay(value: string, order: DayOrder): Split | undefined {
  const text = value
    .normalize('NFKC')
    .replace(/\([月火水木金土日]\)|[月火水木金土日]曜日?/, '')
    .replace(/ ?(午前|午後)/, ' $1')
    .trim()
  return serialDay(text) ?? eraDay(text) ?? westernDay(text, order)
}

function westernDay(text: string, order: DayOrder): Split | undefined {
  const [, year, month, day, rest = ''] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T]+(.*))?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(?:[ T]+(.*))?$/.exec(text) ??
    []
  if (year !== undefined) return dayOfParts(Number(year), month, day, rest)
  const [, y, m, d, hour, minute, second = '00'] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/.exec(text) ?? []
  if (hour !== undefined) return dayOfParts(Number(y), m, d, `${hour}:${minute}:${second}`)
  if (order === 'ymd') return undefined
  const [, first, next, whole, behind = ''] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]+(.*))?$/.exec(text) ?? []
  return order === 'mdy'
    ? dayOfParts(Number(whole), first, next, behind)
    : dayOfParts(Number(whole), next, first, behind)
}

function eraDay(text: string): Split | undefined {
  const [, name = '', year = '', month, day, rest = ''] =
    /^(令和|平成|昭和|[令平昭RHSrhs])\s*\.?\s*(元|\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T]+(.*))?$/.exec(
      text,
    ) ?? []
  const era = ERAS.find(({ names }) => names.includes(name.toLowerCase()))
  if (era === undefined) return undefined
  const split = dayOfParts(Number(era.from.slice(0, 4)) + (year === '元' ? 1 : Number(year)) - 1, month, day, rest)
  return split !== undefined && split.day >= era.from && split.day <= era.until ? split : undefined
}

function serialDay(text: string): Split | undefined {
  const [, whole, fraction] = /^(\d{5})(\.\d+)?$/.exec(text) ?? []
  const days = Number(whole)
  if (whole === undefined || days < SERIALS.from || days > SERIALS.until) return undefined
  const day = addDays(SERIAL_ZERO, days)
  return { day, rest: fraction === undefined ? '' : Math.min(Math.round(Number(fraction) * 86_400), 86_399) }
}

function dayOfParts(year: number, month: string | undefined, day: string | undefined, rest: string): Split | undefined {
  if (month === undefined || day === undefined) return undefined
  const found = parseBusinessDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return found === undefined ? undefined : { day: found, rest: rest.trim() }
}
