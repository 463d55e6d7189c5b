/** When replacement payments close and when they are paid, by the contract's cycle (the table public guides gave in 2019; assumed to hold still). */
import { addDays, addMonths, endOfMonth, firstOfMonth, weekday, type BusinessDate } from '@choba/shared/dates.ts'
import type { NpContract } from '../accounts.ts'
import { rolled } from '../business-days.ts'

type Cycle = NpContract['closing']
const FRIDAY = 5

/** The first closing on `day` or after it. */
export function nextClosing(cycle: Cycle, day: BusinessDate): BusinessDate {
  if (cycle === 'month_end') return endOfMonth(day)
  let friday = addDays(day, (FRIDAY - weekday(day) + 7) % 7)
  while (cycle === 'twice_monthly' && !isSecondOrFourthFriday(addDays(friday, 7))) friday = addDays(friday, 7)
  return friday
}

/** Weekly and twice monthly pay a week after the closing, month end at the next month's end; bank holidays roll as the contract says. */
export function paymentDay(contract: NpContract, closing: BusinessDate): BusinessDate {
  const nominal = contract.closing === 'month_end' ? endOfMonth(addMonths(closing, 1)) : addDays(closing, 7)
  return rolled(nominal, contract.roll)
}

function isSecondOrFourthFriday(friday: BusinessDate): boolean {
  const first = firstOfMonth(friday)
  const firstFriday = addDays(first, (FRIDAY - weekday(first) + 7) % 7)
  return friday === addDays(firstFriday, 7) || friday === addDays(firstFriday, 21)
}
