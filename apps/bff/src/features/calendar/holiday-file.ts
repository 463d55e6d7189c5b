/**
 * The Cabinet Office's list of national holidays (`syukujitsu.csv`): a header, then a day and its name in each row, in
 * CP932. It speaks of whole years: a holiday that is missing in one of its years is none.
 */
import { parse } from 'csv-parse/sync'
import type { CalendarFile } from '@choba/shared/contracts/calendar.ts'
import { type BusinessDate, businessDate } from '@choba/shared/dates.ts'
import { readDay } from '../../imports/days.ts'
import { decodeWhole } from '../../imports/decode.ts'

type Fault = CalendarFile['faults'][number]
export type HolidayFile = {
  readonly rows: number
  readonly faults: Fault[]
  readonly holidays: ReadonlyMap<BusinessDate, string>
  readonly years: CalendarFile['years']
}

const MOST_FAULTS = 50
const LONGEST_NAME = 60

/** Undefined where the bytes are no table at all. */
export function readHolidayFile(bytes: Uint8Array): HolidayFile | undefined {
  const holidays = new Map<BusinessDate, string>()
  const faults: Fault[] = []
  const rows = rowsOf(decode(bytes))
  if (rows === undefined) return undefined
  for (const { cells, line } of rows) {
    const [written = '', name = ''] = cells.map((cell) => cell.trim())
    const day = readDay(written)
    const fault = faultOf(cells, { day, name, isTwice: day !== undefined && holidays.has(day) })
    if (fault === undefined && day !== undefined) holidays.set(day, name)
    else if (fault !== undefined && !(line === 1 && day === undefined))
      faults.push({ line, fault, text: cells.join(',').slice(0, 100) })
  }
  const years = [...holidays.keys()].map((day) => Number(day.slice(0, 4)))
  return {
    rows: rows.length,
    faults: faults.slice(0, MOST_FAULTS),
    holidays,
    years: years.length === 0 ? null : { from: Math.min(...years), to: Math.max(...years) },
  }
}

type Read = { readonly day: BusinessDate | undefined; readonly name: string; readonly isTwice: boolean }

function faultOf(cells: readonly string[], { day, name, isTwice }: Read): Fault['fault'] | undefined {
  if (cells.length !== 2) return 'columns'
  if (day === undefined) return 'day'
  if (name === '' || name.length > LONGEST_NAME) return 'name'
  return isTwice ? 'twice' : undefined
}

/** Whoever saved it again in a spreadsheet may have made UTF-8 of it. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeWhole(bytes, 'cp932')
  }
}

function rowsOf(text: string): Array<{ cells: string[]; line: number }> | undefined {
  if (text.includes('\0')) return undefined
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as Array<{ record: string[]; info: { lines: number } }> // as its `info` option says
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch {
    return undefined
  }
}

type Line = { readonly day: string; readonly closed: boolean }

/** What must change after `today` for the calendar to say what the file says, within its years. */
export function changesBy(
  { holidays, years }: Pick<HolidayFile, 'holidays' | 'years'>,
  now: { readonly library: ReadonlySet<string>; readonly own: readonly Line[]; readonly today: BusinessDate },
): CalendarFile['changes'] {
  if (years === null) return []
  const own = new Map(now.own.map(({ day, closed }) => [day, closed]))
  const days = new Set([...holidays.keys(), ...now.library, ...own.keys()])
  const isSpoken = (day: string) =>
    day > now.today && Number(day.slice(0, 4)) >= years.from && Number(day.slice(0, 4)) <= years.to
  return [...days]
    .filter(isSpoken)
    .toSorted()
    .flatMap((text): CalendarFile['changes'] => {
      const day = businessDate(text)
      const closed = holidays.has(day)
      if (closed === (own.get(text) ?? now.library.has(text))) return []
      // What the library says needs no line of its own.
      const said = closed === now.library.has(text) ? null : closed
      return [{ scope: 'nation', day, closed: said, name: holidays.get(day) ?? '' }]
    })
}
