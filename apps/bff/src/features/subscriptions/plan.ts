/** What is to come of a subscription, from what stands in its row. Pure: the calendar is handed in. */
import type { PlannedCycle } from '@choba/shared/contracts/subscription-detail.ts'
import { addDays, type BusinessDate } from '@choba/shared/dates.ts'
import { type Yen, yen } from '@choba/shared/money.ts'
import { following, type Lead, type Rhythm, stepsOf } from '@choba/shared/subscriptions/schedule.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import { type Calendar, rollDay } from '../../domain/calendar.ts'
import type { SubscriptionGoods, SubscriptionTable } from '../../db/tables/subscriptions.ts'
import { type AheadRow, LONGEST_ROLL_DAYS } from './outlook.queries.ts'

export type RhythmColumns = Pick<SubscriptionTable, 'rhythmUnit' | 'rhythmEvery' | 'rhythmDay' | 'roll'>
type Ahead = RhythmColumns &
  Lead &
  Pick<SubscriptionTable, 'status' | 'nextNumber' | 'nextNominal' | 'endsOn' | 'amountYen'> & {
    readonly goods: readonly SubscriptionGoods[]
  }
export type NextDays = Pick<SubscriptionTable, 'nextOn' | 'nextGenerateOn'>

export function rhythmOf({ rhythmUnit, rhythmEvery, rhythmDay, roll }: RhythmColumns): Rhythm {
  return { unit: rhythmUnit, every: rhythmEvery, day: rhythmDay, roll }
}

export function columnsOf({ unit, every, day, roll }: Rhythm): RhythmColumns {
  return { rhythmUnit: unit, rhythmEvery: every, rhythmDay: unit === 'month' ? day : null, roll }
}

/** The days of the next cycle; none when the subscription rests, has ended, or ends before it. */
export function nextDays(calendar: Calendar, of: Omit<Ahead, 'goods' | 'amountYen' | 'nextNumber'>): NextDays {
  const runs = of.status === 'active' || of.status === 'ending'
  if (!runs || isOver(of.nextNominal, of.endsOn)) return { nextOn: null, nextGenerateOn: null }
  const nextOn = rollDay(calendar, of.nextNominal, of.roll)
  return { nextOn, nextGenerateOn: stepsOf(of, nextOn).generateOn }
}

/** No cycle falls on the day of the end or later, counted by the rhythm's own days. */
function isOver(nominal: BusinessDate, endsOn: BusinessDate | null): boolean {
  return endsOn !== null && nominal >= endsOn
}

/** The next cycles as they would be made up now; while nobody knows when, none. */
export function plannedCycles(calendar: Calendar, of: Ahead, count: number): PlannedCycle[] {
  if (of.status !== 'active' && of.status !== 'ending') return []
  const cycles: PlannedCycle[] = []
  const amountYen = yen(of.amountYen)
  const taxes = [...taxesOf(of.goods, amountYen)]
  let nominal = of.nextNominal
  while (cycles.length < count && !isOver(nominal, of.endsOn)) {
    const fallsOn = rollDay(calendar, nominal, of.roll)
    cycles.push({ number: of.nextNumber + cycles.length, fallsOn, ...stepsOf(of, fallsOn), amountYen, taxes })
    nominal = following(rhythmOf(of), nominal)
  }
  return cycles
}

/** The cycles to come that fall into a span of days, holidays considered. */
export function fallingBetween(
  calendar: Calendar,
  of: AheadRow,
  from: BusinessDate,
  to: BusinessDate,
): Array<{ readonly number: number; readonly fallsOn: BusinessDate }> {
  const cycles: Array<{ readonly number: number; readonly fallsOn: BusinessDate }> = []
  const last = addDays(to, LONGEST_ROLL_DAYS)
  let number = of.nextNumber
  for (let nominal = of.nextNominal; nominal <= last && !isOver(nominal, of.endsOn);) {
    const fallsOn = rollDay(calendar, nominal, of.roll)
    if (fallsOn >= from && fallsOn <= to) cycles.push({ number, fallsOn })
    nominal = following(rhythmOf(of), nominal)
    number += 1
  }
  return cycles
}

/** Unit price times quantity, discounts included. */
export function sumOf(goods: readonly SubscriptionGoods[]): Yen {
  return yen(goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0))
}

/** The first try has the cycle's own number; a repeat of the same try has the same number. */
export function orderNumberOf(code: string, number: number, attempt: number): string {
  return attempt === 1 ? `${code}-${number}` : `${code}-${number}-${attempt}`
}
