/** What is to come over all subscriptions, and what became of what was. Amounts in yen, days in Tokyo. */
import * as z from 'zod/mini'
import { METHODS } from '../methods.ts'
import { CYCLE_STATES, SUBSCRIPTION_KINDS } from '../states/subscription.ts'
import { plannedCycle } from './subscription-detail.ts'
import { personal } from '../personal.ts'

export const CALENDAR_DAYS = 60

const calendarItem = z.object({
  id: z.string(),
  code: z.string(),
  number: z.int(),
  on: z.string(),
  customerName: personal('name', z.string()),
  kind: z.enum(SUBSCRIPTION_KINDS),
  method: z.enum(METHODS),
  /** Null: planned, its order is not made up yet. */
  state: z.nullable(z.enum(CYCLE_STATES)),
  amountYen: z.nullable(z.int()),
})
export type CalendarItem = z.infer<typeof calendarItem>

export const calendarAnswer = z.object({
  from: z.string(),
  to: z.string(),
  today: z.string(),
  days: z.array(
    z.object({
      on: z.string(),
      count: z.int(),
      amountYen: z.int(),
      atRisk: z.int(),
      isHoliday: z.boolean(),
    }),
  ),
  items: z.array(calendarItem),
  /** There are more cycles than were told. */
  more: z.boolean(),
})
export type CalendarAnswer = z.infer<typeof calendarAnswer>

/** A part of a whole, both counted; whoever shows a rate shows them too. */
const share = z.object({ part: z.int(), whole: z.int() })
export type Share = z.infer<typeof share>

export const monthAnswer = z.object({
  month: z.string(),
  today: z.string(),
  /** Cycles of the month whose order is not made up yet. */
  planned: z.object({ count: z.int(), amountYen: z.int() }),
  states: z.array(z.object({ state: z.enum(CYCLE_STATES), count: z.int(), amountYen: z.int() })),
  /** Of the cycles still to be decided, by method: how many were approved at the first try in the 90 days before. */
  outlook: z.array(
    z.object({
      method: z.enum(METHODS),
      open: z.int(),
      openYen: z.int(),
      approved: share,
      /** Null where nothing was decided in those days. */
      expected: z.nullable(z.int()),
      expectedYen: z.nullable(z.int()),
    }),
  ),
  /** Ended in the month, of those that ran when it began. */
  churn: share,
  /** Not approved at the first try, of all that were decided at it. */
  failure: share,
  /** Charged in the end, of those. */
  recovery: share,
})
export type MonthAnswer = z.infer<typeof monthAnswer>

export const previewAnswer = z.object({ today: z.string(), planned: z.array(plannedCycle) })
