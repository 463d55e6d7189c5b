/** The merchant's calendar: which days banks, providers and the merchant keep closed, and what a change of it would move. */
import * as z from 'zod/mini'
import { CALENDAR_SCOPES } from '../calendar.ts'
import { contract } from '../contract.ts'
import { day } from '../filters/list.ts'
import { METHODS } from '../methods.ts'

const permission = 'settings.manage'
const scope = z.enum(CALENDAR_SCOPES)
/** The library's holidays reach from 1970 to 2050. */
const YEARS = { from: 1970, to: 2050 }

export const DAY_SOURCES = ['library', 'bank', 'file', 'own'] as const

const calendarDay = z.object({
  day: z.iso.date(),
  scope,
  name: z.string(),
  /** `bank`: 31 December to 3 January. */
  source: z.enum(DAY_SOURCES),
  /** False: the library knows a holiday, and this line says that it is none. */
  closed: z.boolean(),
})
export type CalendarDayView = z.infer<typeof calendarDay>

const change = z.object({
  scope,
  day: day(),
  /** Null takes the merchant's own line away. */
  closed: z.nullable(z.boolean()),
  name: z.string().check(z.trim(), z.maxLength(60)),
})
const changes = z.object({
  changes: z.array(change).check(z.minLength(1), z.maxLength(400)),
  source: z.enum(['own', 'file']),
})
export type CalendarChanges = z.infer<typeof changes>

const movedPayout = z.object({
  shopId: z.string(),
  method: z.enum(METHODS),
  closingOn: z.iso.date(),
  before: z.iso.date(),
  after: z.iso.date(),
  /** Of what is sold so far; null where nothing that it will take is sold yet. */
  transferYen: z.nullable(z.int()),
})
export type MovedPayout = z.infer<typeof movedPayout>

/** Cycles of subscriptions whose orders are not made up, by the days they fall on. */
const movedCycles = z.object({ before: z.iso.date(), after: z.iso.date(), count: z.int(), amountYen: z.int() })
export type MovedCycles = z.infer<typeof movedCycles>

const preview = z.object({ payouts: z.array(movedPayout), cycles: z.array(movedCycles) })
export type CalendarPreview = z.infer<typeof preview>

export const FILE_FAULTS = ['day', 'name', 'columns', 'twice'] as const

const readFile = z.object({
  rows: z.int(),
  faults: z.array(z.object({ line: z.int(), fault: z.enum(FILE_FAULTS), text: z.string() })),
  /** The years the file speaks of in full. */
  years: z.nullable(z.object({ from: z.int(), to: z.int() })),
  /** What would have to change for the calendar to say what the file says, from tomorrow on. */
  changes: z.array(change),
})
export type CalendarFile = z.infer<typeof readFile>

export const calendar = {
  get: contract({
    method: 'GET',
    path: '/api/calendar',
    permission,
    query: z.object({
      year: z.optional(z.coerce.number().check(z.int(), z.minimum(YEARS.from), z.maximum(YEARS.to))),
    }),
    response: z.object({ today: z.iso.date(), year: z.int(), days: z.array(calendarDay) }),
  }),
  /** What a change would move, before it is made. */
  preview: contract({
    method: 'POST',
    path: '/api/calendar/preview',
    permission,
    allShops: true,
    body: changes,
    response: preview,
    errors: ['calendar.past'],
  }),
  /** The same changes again change nothing. */
  change: contract({
    method: 'POST',
    path: '/api/calendar',
    permission,
    allShops: true,
    body: changes,
    response: z.object({ changed: z.int() }),
    errors: ['calendar.past'],
  }),
  /** The Cabinet Office's list of holidays (`syukujitsu.csv`), read and compared; nothing is saved. */
  readFile: contract({
    method: 'POST',
    path: '/api/calendar/file',
    permission,
    allShops: true,
    body: z.object({ base64: z.string().check(z.maxLength(1_500_000), z.regex(/^[0-9A-Za-z+/]*={0,2}$/)) }),
    response: readFile,
    errors: ['import.unreadable'],
  }),
} as const
