/** When replacement payments close and when they are paid, by the contract's cycle (the table public guides gave in 2019; assumed to hold still). */
import { addDays, addMonths, endOfMonth, weekday, type BusinessDate } from '@choba/shared/dates.ts'
import { rolled } from '../business-days.ts'
import { contractOn, type NpContract, type NpCycle } from './contract.ts'

const FRIDAY = 5
/** Which Fridays of a month pay. */
const SECOND_AND_FOURTH = [2, 4]

/** The first closing on `day` or after it, under whichever contract is in force by then. */
export function closingFrom(contracts: readonly NpContract[], day: BusinessDate): BusinessDate {
  const contract = contractOn(contracts, day)
  const closing = nextClosing(contract.closing, day, contract.friday)
  const next = contracts.find(({ from }) => from > day && from <= closing)
  return next ? closingFrom(contracts, next.from) : closing
}

/** The first closing of a cycle on `day` or after it. */
export function nextClosing(cycle: NpCycle, day: BusinessDate, designated = 4): BusinessDate {
  if (cycle === 'month_end') return endOfMonth(day)
  const paying = cycle === 'designated_friday' ? [designated] : SECOND_AND_FOURTH
  let friday = addDays(day, (FRIDAY - weekday(day) + 7) % 7)
  while (cycle !== 'weekly' && !paying.includes(fridayOfMonth(addDays(friday, 7)))) friday = addDays(friday, 7)
  return friday
}

/** The Friday cycles pay a week after the closing, month end at the next month's end; bank holidays roll as the contract says. */
export function paymentDay(contract: Pick<NpContract, 'closing' | 'roll'>, closing: BusinessDate): BusinessDate {
  const nominal = contract.closing === 'month_end' ? endOfMonth(addMonths(closing, 1)) : addDays(closing, 7)
  return rolled(nominal, contract.roll)
}

function fridayOfMonth(friday: BusinessDate): number {
  return Math.ceil(Number(friday.slice(8)) / 7)
}
