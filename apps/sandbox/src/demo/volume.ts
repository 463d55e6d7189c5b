/** How trade spreads over the days: growth, weekdays, paydays and the seasons of gifts and holidays. */
import { addDays, weekday, type BusinessDate } from '@choba/shared/dates.ts'

/** Sunday first. */
const WEEKDAY_FACTOR = [1.25, 1.12, 0.95, 0.92, 0.9, 0.98, 1.1] as const
/** From the first day to the last the shops grow by half. */
const [GROWTH_FROM, GROWTH_TO] = [0.8, 1.2]

type Season = { readonly from: string; readonly to: string; readonly factor: number }
const SEASONS: readonly Season[] = [
  { from: '01-01', to: '01-04', factor: 0.55 },
  { from: '02-05', to: '02-14', factor: 1.15 },
  { from: '03-25', to: '04-10', factor: 1.1 },
  { from: '05-01', to: '05-10', factor: 1.2 },
  { from: '06-25', to: '07-20', factor: 1.3 },
  { from: '08-11', to: '08-16', factor: 0.7 },
  { from: '09-10', to: '09-21', factor: 1.25 },
  { from: '11-20', to: '11-30', factor: 1.25 },
  { from: '12-01', to: '12-20', factor: 1.5 },
]

/** How many payments each day has; they add up to `payments` exactly. */
export function paymentsPerDay(startDay: BusinessDate, days: number, payments: number): number[] {
  const weights = Array.from({ length: days }, (_, index) =>
    weightOf(addDays(startDay, index), days <= 1 ? 1 : index / (days - 1)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let [sum, given] = [0, 0]
  return weights.map((weight) => {
    sum += weight
    // Rounding the running sum, not each day, keeps the total.
    const until = Math.round((payments * sum) / total)
    const count = until - given
    given = until
    return count
  })
}

function weightOf(day: BusinessDate, progress: number): number {
  const growth = GROWTH_FROM + (GROWTH_TO - GROWTH_FROM) * progress
  const monthDay = day.slice(5)
  const season = SEASONS.find(({ from, to }) => from <= monthDay && monthDay <= to)?.factor ?? 1
  const payday = monthDay.endsWith('-25') ? 1.3 : 1
  return growth * WEEKDAY_FACTOR[weekday(day)]! * season * payday
}
