/** What is to come over all subscriptions, day by day and month by month, and what became of what was. */
import {
  CALENDAR_DAYS,
  type CalendarAnswer,
  type CalendarItem,
  type MonthAnswer,
} from '@choba/shared/contracts/subscription-outlook.ts'
import { addDays, type BusinessDate, businessDate, dayOf, endOfMonth, firstOfMonth } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import type { Session } from '../../core/session.ts'
import { loadShopCalendar } from '../../db/calendar.ts'
import { type Calendar, isBankHoliday } from '../../domain/calendar.ts'
import {
  countByDay,
  countStates,
  countUndecided,
  listMadeUp,
  listPlans,
  type PlanRow,
  readRates,
  shareApproved,
  type Span,
} from './outlook.queries.ts'
import { fallingBetween } from './plan.ts'
import { listClocks } from './scheduler.queries.ts'
import type { SubscriptionDeps } from './subscriptions.service.ts'

const MOST_ITEMS = 1_000
/** Approvals are expected as they were in so many days. */
const LOOK_BACK_DAYS = 90

type Planned = { readonly plan: PlanRow; readonly number: number; readonly on: BusinessDate }

export async function readCalendar(
  deps: SubscriptionDeps,
  { merchantId }: Session,
  query: { readonly from?: BusinessDate | undefined; readonly shop?: readonly string[] | undefined },
): Promise<CalendarAnswer> {
  const db = deps.db.merchant(merchantId)
  const today = await todayOf(deps, merchantId)
  const from = query.from ?? today
  const span: Span = { merchantId, from, to: addDays(from, CALENDAR_DAYS - 1), shop: query.shop }
  const calendar = await loadShopCalendar(db, merchantId)
  const planned = plannedIn(calendar, await listPlans(db, span), span)
  const made = await listMadeUp(db, span, MOST_ITEMS + 1)
  const items = [...made, ...planned.map(toItem)].sort(byDay)
  return {
    from,
    to: span.to,
    today,
    days: daysOf(span, await countByDay(db, span), planned, calendar),
    items: items.slice(0, MOST_ITEMS),
    more: items.length > MOST_ITEMS,
  }
}

/** The latest day at the providers of the merchant's subscriptions; ours when there are none. */
async function todayOf({ db, clock, providerClocks }: SubscriptionDeps, merchantId: string): Promise<BusinessDate> {
  const connections = await listClocks(db.merchant(merchantId), merchantId)
  const days = connections.map((connectionId) => dayOf(providerClocks.now(connectionId)))
  return days.sort().at(-1) ?? dayOf(clock.now())
}

function plannedIn(calendar: Calendar, plans: readonly PlanRow[], { from, to }: Span): Planned[] {
  return plans.flatMap((plan) =>
    fallingBetween(calendar, plan, from, to).map(({ number, fallsOn }) => ({ plan, number, on: fallsOn })),
  )
}

function toItem({ plan: { id, code, customerName, kind, method, amountYen }, number, on }: Planned): CalendarItem {
  return { id, code, number, on, customerName, kind, method, state: null, amountYen }
}

function byDay(a: CalendarItem, b: CalendarItem): number {
  return a.on < b.on || (a.on === b.on && a.code < b.code) ? -1 : 1
}

function daysOf(
  { from }: Span,
  counted: Awaited<ReturnType<typeof countByDay>>,
  planned: readonly Planned[],
  calendar: Calendar,
): CalendarAnswer['days'] {
  const made = new Map(counted.map((day) => [day.on, day]))
  const ahead = Map.groupBy(planned, ({ on }) => on)
  return Array.from({ length: CALENDAR_DAYS }, (_, index) => {
    const on = addDays(from, index)
    const { count = 0, amountYen = 0, atRisk = 0 } = made.get(on) ?? {}
    const plans = (ahead.get(on) ?? []).map(({ plan }) => plan)
    return {
      on,
      count: count + plans.length,
      amountYen: amountYen + sumYen(plans),
      atRisk: atRisk + plans.filter(({ troubled }) => troubled).length,
      isHoliday: isBankHoliday(calendar, on),
    }
  })
}

function sumYen(of: ReadonlyArray<{ readonly amountYen: number }>): number {
  return of.reduce((sum, { amountYen }) => sum + amountYen, 0)
}

export async function readMonth(
  deps: SubscriptionDeps,
  { merchantId }: Session,
  { month }: { readonly month?: string | undefined },
): Promise<MonthAnswer> {
  const db = deps.db.merchant(merchantId)
  const today = await todayOf(deps, merchantId)
  const from = month === undefined ? firstOfMonth(today) : businessDate(`${month}-01`)
  const span = { merchantId, from, to: endOfMonth(from) }
  const calendar = await loadShopCalendar(db, merchantId)
  const plans = plannedIn(calendar, await listPlans(db, span), span).map(({ plan }) => plan)
  const undecided = await countUndecided(db, span)
  const before = { merchantId, from: addDays(today, -LOOK_BACK_DAYS), to: addDays(today, -1) }
  const approved = new Map((await shareApproved(db, before)).map(({ method, ...share }) => [method, share]))
  const outlook = METHODS.map((method) => {
    const made = undecided.find((each) => each.method === method)
    const ahead = plans.filter((plan) => plan.method === method)
    const open = (made?.count ?? 0) + ahead.length
    const openYen = (made?.amountYen ?? 0) + sumYen(ahead)
    const share = approved.get(method) ?? { part: 0, whole: 0 }
    return {
      method,
      open,
      openYen,
      approved: share,
      expected: partOf(open, share),
      expectedYen: partOf(openYen, share),
    }
  })
  return {
    month: from.slice(0, 7),
    today,
    planned: { count: plans.length, amountYen: sumYen(plans) },
    states: await countStates(db, span),
    outlook: outlook.filter(({ open, approved: { whole } }) => open > 0 || whole > 0),
    ...(await readRates(db, span)),
  }
}

/** Rounded down: what is expected is not to disappoint. Null where nothing was decided. */
function partOf(whole: number, share: { readonly part: number; readonly whole: number }): number | null {
  return share.whole === 0 ? null : Math.floor((whole * share.part) / share.whole)
}
