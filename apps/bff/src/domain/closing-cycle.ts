/**
 * When a provider closes its account with the merchant and when it pays (np-postpaid section 1.4; sbps-protocol section
 * 2.6: by contract). The cycles are those public guides name; which one holds, and how a bank holiday moves the payment,
 * is a term of the contract.
 */
import { addDays, addMonths, type BusinessDate, endOfMonth, firstOfMonth, weekday } from '@choba/shared/dates.ts'
import type { Cycle, Roll } from '@choba/shared/terms.ts'
import { type Calendar, rollDay } from './calendar.ts'

export type ClosingRule = {
  /**
   * `weekly`: every Friday, paid the next. `twice_monthly`: paid on the second and fourth Friday. `designated_friday`:
   * paid on one Friday of the month; these two close on the Friday before. `month_end`: paid at the end of the next
   * month. `semi_monthly`: the 15th and the month's end, paid fifteen days later. `by_day`: on the days of the month and
   * with the payment that the contract names, as card and convenience-store contracts do.
   */
  readonly cycle: Cycle
  readonly roll: Roll
  /** For `designated_friday`: 1 = first … 4 = fourth. */
  readonly friday?: number | undefined
  /** For `by_day`; 31 is the month's last day. */
  readonly closingDays?: readonly number[] | undefined
  readonly payMonths?: number | undefined
  readonly payDay?: number | undefined
  readonly payAfterDays?: number | undefined
}

export type Closing = { readonly closingOn: BusinessDate; readonly payOn: BusinessDate }

const FRIDAY = 5
const LAST_DAY = 31

/** The first closing that takes what became due on `day`, and its payment. */
export function closingOf(rule: ClosingRule, day: BusinessDate, calendar: Calendar): Closing {
  const closingOn = closingDay(rule, day)
  return { closingOn, payOn: rollDay(calendar, nominalPayment(rule, closingOn), rule.roll) }
}

function closingDay(rule: ClosingRule, day: BusinessDate): BusinessDate {
  switch (rule.cycle) {
    case 'weekly':
      return fridayFrom(day)
    case 'twice_monthly':
      return fridayBefore([2, 4], day)
    case 'designated_friday':
      return fridayBefore([rule.friday ?? 4], day)
    case 'month_end':
      return endOfMonth(day)
    case 'semi_monthly':
      return day.slice(8) <= '15' ? addDays(firstOfMonth(day), 14) : endOfMonth(day)
    case 'by_day':
      return monthDayFrom(rule.closingDays ?? [LAST_DAY], day)
  }
}

function nominalPayment(rule: ClosingRule, closingOn: BusinessDate): BusinessDate {
  switch (rule.cycle) {
    case 'weekly':
    case 'twice_monthly':
    case 'designated_friday':
      return addDays(closingOn, 7)
    case 'month_end':
      return endOfMonth(addMonths(closingOn, 1))
    case 'semi_monthly':
      return addDays(closingOn, 15)
    case 'by_day':
      return rule.payAfterDays === undefined
        ? dayOfMonth(addMonths(firstOfMonth(closingOn), rule.payMonths ?? 1), rule.payDay ?? LAST_DAY)
        : addDays(closingOn, rule.payAfterDays)
  }
}

/** The first of these days of a month that is `day` or after it. */
function monthDayFrom(days: readonly number[], day: BusinessDate): BusinessDate {
  const next = addMonths(firstOfMonth(day), 1)
  const all = [...days.map((each) => dayOfMonth(day, each)), ...days.map((each) => dayOfMonth(next, each))]
  return all.filter((each) => each >= day).toSorted()[0] ?? endOfMonth(day)
}

/** The day of that number in the month of `of`, or the month's last where it has no such day. */
function dayOfMonth(of: BusinessDate, number: number): BusinessDate {
  const [nominal, last] = [addDays(firstOfMonth(of), number - 1), endOfMonth(of)]
  return nominal < last ? nominal : last
}

/** The Friday on `day` or after it. */
function fridayFrom(day: BusinessDate): BusinessDate {
  return addDays(day, (FRIDAY - weekday(day) + 7) % 7)
}

/** The first Friday from `day` on whose next Friday is one of these of its month. */
function fridayBefore(numbers: readonly number[], day: BusinessDate): BusinessDate {
  let friday = fridayFrom(day)
  while (!numbers.includes(numberInMonth(addDays(friday, 7)))) friday = addDays(friday, 7)
  return friday
}

/** 1 for the first such weekday of its month, 2 for the second … */
function numberInMonth(day: BusinessDate): number {
  return Math.floor((Number(day.slice(8)) - 1) / 7) + 1
}
