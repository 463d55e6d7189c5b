/** Closings over terms that change: which closing takes a day, and which days a closing takes. */
import { addDays, type BusinessDate } from '@choba/shared/dates.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import { type Calendar, payerCalendar } from './calendar.ts'
import { type Closing, closingOf } from './closing-cycle.ts'

export type Contract = { readonly shopId: string; readonly method: string }

/** By what a closing is reckoned. */
export type ClosingRules = { readonly terms: readonly Term[]; readonly calendar: Calendar }

/** No cycle is longer than a month and a half. */
const LONGEST_CYCLE_DAYS = 46

/** The closing that takes what falls due on a day, by the terms of that day; undefined where no term says. */
export function closingFor(
  terms: readonly Term[],
  { shopId, method }: Contract,
  day: BusinessDate,
  calendar: Calendar,
): Closing | undefined {
  const rule = termIn(terms, 'closing', { shopId, method, on: day })
  return rule && closingOf(rule, day, payerCalendar(calendar, method))
}

/** The last day whose closing is past, so that what fell due until then is to be on a statement. */
export function closedThrough(
  terms: readonly Term[],
  contract: Contract,
  today: BusinessDate,
  calendar: Calendar,
): BusinessDate | undefined {
  for (let back = 1; back <= LONGEST_CYCLE_DAYS; back++) {
    const day = addDays(today, -back)
    const closing = closingFor(terms, contract, day, calendar)
    if (closing === undefined) return undefined
    // A day for the file to be written and fetched.
    if (addDays(closing.closingOn, 1) < today) return day
  }
  return undefined
}

/** The first day of those that the closing on this day takes. */
export function opensOn(
  terms: readonly Term[],
  contract: Contract,
  closingOn: BusinessDate,
  calendar: Calendar,
): BusinessDate {
  let first = closingOn
  for (let back = 1; back <= LONGEST_CYCLE_DAYS; back++) {
    const day = addDays(closingOn, -back)
    if (closingFor(terms, contract, day, calendar)?.closingOn !== closingOn) break
    first = day
  }
  return first
}

/** A month's own fee stands on its last closing [assumed]. */
export function isLastOfMonth(
  terms: readonly Term[],
  contract: Contract,
  closingOn: BusinessDate,
  calendar: Calendar,
): boolean {
  const next = closingFor(terms, contract, addDays(closingOn, 1), calendar)
  return next === undefined || next.closingOn.slice(0, 7) !== closingOn.slice(0, 7)
}
