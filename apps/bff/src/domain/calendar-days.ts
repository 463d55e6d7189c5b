/** A merchant's calendar: the library's national holidays, and the days by which the merchant's table departs from them. */
import type { Provider } from '@choba/shared/provider-accounts.ts'
import type { CalendarScope } from '@choba/shared/calendar.ts'
import type { Calendar } from './calendar.ts'

/** `closed` false: a national holiday of the library that is none. */
export type CalendarDay = { readonly scope: CalendarScope; readonly day: string; readonly closed: boolean }
/** `closed` null takes the table's line away, so that the library's word holds again. */
export type CalendarChange = { readonly scope: CalendarScope; readonly day: string; readonly closed: boolean | null }

export function calendarOf(library: ReadonlySet<string>, days: readonly CalendarDay[]): Calendar {
  const holidays = departing(library, of(days, 'nation'))
  const own = (scope: Provider | 'shop'): Calendar => ({ holidays: departing(holidays, of(days, scope)) })
  return { holidays, providers: { np: own('np'), sbps: own('sbps') }, shop: own('shop') }
}

/** The table as it would stand. */
export function changedDays(days: readonly CalendarDay[], changes: readonly CalendarChange[]): CalendarDay[] {
  const changed = new Set(changes.map(keyOf))
  const kept = days.filter((day) => !changed.has(keyOf(day)))
  return [...kept, ...changes.flatMap(({ closed, ...day }) => (closed === null ? [] : [{ ...day, closed }]))]
}

function of(days: readonly CalendarDay[], scope: CalendarScope): CalendarDay[] {
  return days.filter((day) => day.scope === scope)
}

/** The same set where nothing departs: most merchants have no line of their own. */
function departing(from: ReadonlySet<string>, days: readonly CalendarDay[]): ReadonlySet<string> {
  if (days.length === 0) return from
  const closed = new Set(from)
  for (const day of days) {
    if (day.closed) closed.add(day.day)
    else closed.delete(day.day)
  }
  return closed
}

function keyOf({ scope, day }: { readonly scope: string; readonly day: string }): string {
  return `${scope} ${day}`
}
