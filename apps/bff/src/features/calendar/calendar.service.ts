/** The merchant's calendar, and changes of it. A day that has come stays as it was: what was booked by it is not moved. */
import type { Kysely } from 'kysely'
import type {
  CalendarChanges,
  CalendarDayView,
  CalendarPreview,
  MovedCycles,
  MovedPayout,
} from '@choba/shared/contracts/calendar.ts'
import { addDays, type BusinessDate, businessDate, dayOf } from '@choba/shared/dates.ts'
import { auditMany } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import { calendarBy, type CalendarRow, listCalendarDays } from '../../db/calendar.ts'
import { listConnectionIds } from '../../db/connection-ids.ts'
import type { Db } from '../../db/client.ts'
import { holidayName, NATIONAL_CALENDAR } from '../../db/holidays.ts'
import type { Database } from '../../db/schema.ts'
import { changedDays } from '../../domain/calendar-days.ts'
import { type Calendar, isYearEnd } from '../../domain/calendar.ts'
import { deleteCalendarDay, lockCalendar, putCalendarDay } from './calendar.queries.ts'

type Move = {
  readonly before: Calendar
  readonly after: Calendar
  readonly from: BusinessDate
  readonly to: BusinessDate
}
export type CalendarDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly providerClocks: ProviderClocks
  /** What other features keep by the calendar. */
  readonly moves: {
    payouts(merchantId: string, move: Move): Promise<MovedPayout[]>
    cycles(db: Kysely<Database>, merchantId: string, move: Move): Promise<MovedCycles[]>
    moveCycles(tx: Kysely<Database>, merchantId: string, move: Move): Promise<void>
  }
}

/** The latest day at any of the merchant's providers; ours where there is none. */
export async function todayOf({ db, clock, providerClocks }: CalendarDeps, merchantId: string): Promise<BusinessDate> {
  const ids = await listConnectionIds(db.merchant(merchantId), merchantId)
  const days = ids.map((connectionId) => dayOf(providerClocks.now(connectionId)))
  return days.sort().at(-1) ?? dayOf(clock.now())
}

export async function getCalendar(
  deps: CalendarDeps,
  { merchantId }: Session,
  asked: number | undefined,
): Promise<{ today: BusinessDate; year: number; days: CalendarDayView[] }> {
  const today = await todayOf(deps, merchantId)
  const year = asked ?? Number(today.slice(0, 4))
  const own = await listCalendarDays(deps.db.merchant(merchantId), merchantId)
  const inYear = own.filter(({ day }) => day.startsWith(`${year}-`))
  const known = new Set(inYear.filter(({ scope }) => scope === 'nation').map(({ day }) => day))
  const days = daysOfYear(year).flatMap((day): CalendarDayView[] => {
    if (known.has(day)) return []
    const name = holidayName(day)
    if (name !== undefined) return [{ day, scope: 'nation', name, source: 'library', closed: true }]
    return isYearEnd(day) ? [{ day, scope: 'nation', name: '', source: 'bank', closed: true }] : []
  })
  return { today, year, days: [...days, ...inYear].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) }
}

function daysOfYear(year: number): BusinessDate[] {
  const first = businessDate(`${year}-01-01`)
  return Array.from({ length: 366 }, (_, index) => addDays(first, index)).filter((day) => day.startsWith(`${year}-`))
}

/** @throws AppError calendar.past */
export async function previewCalendar(
  deps: CalendarDeps,
  { merchantId }: Session,
  { changes }: CalendarChanges,
): Promise<CalendarPreview> {
  const db = deps.db.merchant(merchantId)
  const move = moveOf(await listCalendarDays(db, merchantId), changes, await todayOf(deps, merchantId))
  const [payouts, cycles] = await Promise.all([
    deps.moves.payouts(merchantId, move),
    deps.moves.cycles(db, merchantId, move),
  ])
  return { payouts, cycles }
}

/** @throws AppError calendar.past */
export async function changeCalendar(
  deps: CalendarDeps,
  session: Session,
  { changes, source }: CalendarChanges,
): Promise<{ changed: number }> {
  const { merchantId } = session
  const today = await todayOf(deps, merchantId)
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockCalendar(tx, merchantId)
      const days = await listCalendarDays(tx, merchantId)
      const move = moveOf(days, changes, today)
      const real = changes.filter((change) => !isSaid(days, change))
      for (const change of real) {
        const { scope, day, closed, name } = change
        if (closed === null) await deleteCalendarDay(tx, merchantId, change)
        else await putCalendarDay(tx, merchantId, { scope, day, closed, name, source })
      }
      await auditMany(
        tx,
        real.map((change) => {
          const { scope, day, closed, name } = change
          return {
            merchantId,
            actor: person(session),
            action: 'calendar.change',
            subject: { kind: 'calendar_day', id: `${scope}:${day}` },
            before: findLine(days, change) ?? null,
            after: closed === null ? null : { scope, day, closed, name, source },
          }
        }),
      )
      if (real.length > 0) await deps.moves.moveCycles(tx, merchantId, move)
      return { changed: real.length }
    })
}

function moveOf(days: readonly CalendarRow[], changes: CalendarChanges['changes'], today: BusinessDate): Move {
  const sorted = changes.map(({ day }) => day).toSorted()
  const [from, to] = [sorted[0], sorted.at(-1)]
  if (from === undefined || to === undefined || from <= today) throw new AppError('calendar.past', { day: from })
  return { before: calendarBy(days), after: calendarBy(changedDays(days, changes)), from, to }
}

function findLine(days: readonly CalendarRow[], { scope, day }: { readonly scope: string; readonly day: string }) {
  return days.find((line) => line.scope === scope && line.day === day)
}

/** The calendar says it already. */
function isSaid(days: readonly CalendarRow[], change: CalendarChanges['changes'][number]): boolean {
  const line = findLine(days, change)
  if (line !== undefined) return line.closed === change.closed && line.name === change.name
  if (change.closed === null) return true
  return change.scope === 'nation' && NATIONAL_CALENDAR.holidays.has(change.day) === change.closed
}
