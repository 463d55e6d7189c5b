/** The days of a subscription's cycles, counted in Tokyo. Calculated from day to day; nothing here knows the clock. */
import * as z from 'zod/mini'
import { addDays, addMonths, type BusinessDate, daysBetween, endOfMonth } from '../dates.ts'

export const RHYTHM_UNITS = ['month', 'week', 'day'] as const
export type RhythmUnit = (typeof RHYTHM_UNITS)[number]
/** What happens to a cycle's day that is no business day of the banks. */
export const CYCLE_ROLLS = ['none', 'previous', 'next'] as const
export type CycleRoll = (typeof CYCLE_ROLLS)[number]

export const rhythm = z.object({
  unit: z.enum(RHYTHM_UNITS),
  /** Each, every second, every third … month, week or day. */
  every: z.int().check(z.gte(1), z.lte(365)),
  /** Months only: 29, 30 and 31 are the last day of a month that is shorter. */
  day: z.nullable(z.int().check(z.gte(1), z.lte(31))),
  roll: z._default(z.enum(CYCLE_ROLLS), 'none'),
})
export type Rhythm = z.output<typeof rhythm>

/** The day of a month that a rhythm names: the 31st of February is its last day. */
export function dayInMonth(month: BusinessDate, day: number): BusinessDate {
  const last = endOfMonth(month)
  return day >= Number(last.slice(8)) ? last : (`${month.slice(0, 8)}${String(day).padStart(2, '0')}` as BusinessDate)
}

/** The first day of the rhythm on or after `from`. */
export function firstOn({ unit, day }: Rhythm, from: BusinessDate): BusinessDate {
  if (unit !== 'month') return from
  const wanted = day ?? Number(from.slice(8))
  const here = dayInMonth(from, wanted)
  return here >= from ? here : dayInMonth(addMonths(from, 1), wanted)
}

/** The day after `on` in the rhythm. A short month does not pull the later ones forward: 31 January, 28 February, 31 March. */
export function following({ unit, every, day }: Rhythm, on: BusinessDate): BusinessDate {
  if (unit === 'month') return dayInMonth(addMonths(on, every), day ?? Number(on.slice(8)))
  return addDays(on, unit === 'week' ? every * 7 : every)
}

/** The first day of the rhythm, counted on from `on`, that is not before `from`. */
export function catchUp(of: Rhythm, on: BusinessDate, from: BusinessDate): BusinessDate {
  let at = on
  while (at < from) at = following(of, at)
  return at
}

export function daysFrom(of: Rhythm, on: BusinessDate, count: number): BusinessDate[] {
  const days: BusinessDate[] = []
  for (let at = on; days.length < count; at = following(of, at)) days.push(at)
  return days
}

/** The fewest days that can lie between two cycles. */
export function shortestCycle({ unit, every }: Rhythm): number {
  if (unit === 'month') return daysBetween('2026-02-01' as BusinessDate, addMonths('2026-02-01' as BusinessDate, every))
  return unit === 'week' ? every * 7 : every
}

export type Lead = {
  /** Calendar days before the cycle's day on which its order is made up and no longer follows changes. */
  readonly generateDays: number
  /** Calendar days before it on which the order is screened or the card charged. */
  readonly chargeDays: number
}

/** `on` is the cycle's day as it is kept: rolled already. */
export function stepsOf({ generateDays, chargeDays }: Lead, on: BusinessDate) {
  return { generateOn: addDays(on, -generateDays), chargeOn: addDays(on, -chargeDays) }
}
