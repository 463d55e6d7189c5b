/** What lies about on the last day of the history: what the guarantee radar is there to find, and chance would leave out. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { lowered, type PlannedAction, slipNumberOf, step, workingDay } from './actions.ts'
import type { PlannedOrder } from './orders.ts'
import type { Person } from './people.ts'
import { isLooseEnd, type LooseEnd, withoutNumbers } from './specials.ts'

/** How many days before the last one the order comes in. An approval holds for 90 days, so the first of these have lapsed. */
const ORDERED_DAYS_AGO: ReadonlyArray<readonly [daysAgo: number, end: LooseEnd]> = [
  [97, 'never_reported'],
  [93, 'never_reported'],
  [86, 'never_reported'],
  [80, 'never_reported'],
  [60, 'dispute_settled'],
  [50, 'electronic_invoice'],
  [34, 'reported_late'],
  [30, 'electronic_invoice'],
  [18, 'reported_late'],
  [17, 'disputed'],
  [15, 'electronic_invoice'],
  [13, 'disputed'],
  [11, 'never_reported'],
  [10, 'disputed'],
  [9, 'electronic_invoice'],
  [8, 'withdrawn'],
  [7, 'never_reported'],
  [6, 'malformed_slip'],
  [5, 'uncontracted_carrier'],
  [5, 'electronic_invoice'],
  [4, 'malformed_slip'],
  [4, 'moved_house'],
  [3, 'uncontracted_carrier'],
]

/** What is typed into the e-mail address, so that the pretend provider does its part. */
const EMAIL_WISH: Readonly<Record<LooseEnd, string | undefined>> = {
  never_reported: 'ok',
  reported_late: 'ok',
  malformed_slip: 'slow',
  uncontracted_carrier: 'ok',
  disputed: 'dispute',
  dispute_settled: 'dispute-settles',
  electronic_invoice: 'electronic',
  withdrawn: 'refuse-once-reregister+never',
  moved_house: undefined,
}

/** A courier of the neighbourhood that NP has no contract about, and whose numbers it cannot follow. */
const LOCAL_COURIER = '55555'
const YAMATO = '59010'
const REPORTED_LATE_BY_DAYS = 8

/** Gives some plain orders of the plan their loose end; a history too short for one goes without it. */
export function withLooseEnds(days: readonly (readonly PlannedOrder[])[]): PlannedOrder[][] {
  const planned = days.map((orders) => [...orders])
  for (const [daysAgo, end] of ORDERED_DAYS_AGO) {
    const orders = planned[planned.length - 1 - daysAgo]
    const index = orders?.findIndex(isPlain) ?? -1
    if (orders && index >= 0) orders[index] = tied(orders[index]!, end)
  }
  return planned
}

function isPlain({ npPostpaid, delivery }: PlannedOrder): boolean {
  return npPostpaid?.special === undefined && npPostpaid?.invoice === 'separate' && delivery === null
}

function tied(order: PlannedOrder, end: LooseEnd): PlannedOrder {
  const wish = EMAIL_WISH[end]
  const customer = wish ? { ...order.customer, email: `${wish}+${order.customer.email}` } : order.customer
  return { ...order, customer, npPostpaid: { invoice: 'separate', special: end } }
}

/** Undefined for an order that goes its usual way. */
export function looseEndActions(startDay: BusinessDate, order: PlannedOrder): PlannedAction[] | undefined {
  const end = order.npPostpaid?.special
  if (!isLooseEnd(end)) return undefined
  const shipDay = workingDay(startDay, order.day + 1)
  const ship = (carrierCode = YAMATO, slipNumber = slipNumberOf(order.orderNumber), day = shipDay) =>
    step(order, day, 'report_shipment', { carrierCode, slipNumber })
  switch (end) {
    case 'never_reported':
      return []
    case 'reported_late':
      return [ship(YAMATO, slipNumberOf(order.orderNumber), shipDay + REPORTED_LATE_BY_DAYS)]
    case 'malformed_slip':
      // One digit was lost on the way from the label to the console.
      return [ship(YAMATO, slipNumberOf(order.orderNumber).slice(1))]
    case 'uncontracted_carrier':
      return [ship(LOCAL_COURIER)]
    case 'withdrawn':
      return [ship(), step(order, shipDay + 4, 'change_amount', { amountYen: lowered(order), reason: '一部返品' })]
    case 'moved_house':
      return [step(order, order.day + 1, 'correct', { correction: { customer: moved(order.customer) } })]
    case 'disputed':
    case 'dispute_settled':
    case 'electronic_invoice':
      return [ship()]
  }
}

/** The new address was noted down without its house number. */
function moved(customer: Person): Person {
  return { ...customer, address: withoutNumbers(customer.address) }
}
