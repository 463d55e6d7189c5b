/** The whole history before it happens: the same start and size give the same plan, so that it can be resumed at any point. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { planActions, type PlannedAction } from './actions.ts'
import { looseEndActions, withLooseEnds } from './loose-ends.ts'
import { planOrder, type MethodCounts, type PlannedOrder } from './orders.ts'
import { troubledCustomer } from './specials.ts'
import { paymentsPerDay } from './volume.ts'

export type PlanSize = { readonly startDay: BusinessDate; readonly days: number; readonly payments: number }
export type PlanDay = { readonly orders: readonly PlannedOrder[]; readonly actions: readonly PlannedAction[] }

export function planTrade({ startDay, days, payments }: PlanSize): PlanDay[] {
  const counts: MethodCounts = { np_postpaid: 0, card: 0, convenience_store: 0 }
  const placed: PlannedOrder[][] = paymentsPerDay(startDay, days, payments).map((count, day) =>
    Array.from({ length: count }, (_, index) => planOrder(startDay, day, index, counts)),
  )
  const orders = withLooseEnds(placed)
  const last = orders.at(-1)
  if (last) orders[orders.length - 1] = stillUnderReview(last)
  const actions = orders.flat().flatMap((order) => looseEndActions(startDay, order) ?? planActions(startDay, order))
  return orders.map((ofDay, day) => ({ orders: ofDay, actions: actions.filter((action) => action.day === day) }))
}

const LEFT_UNDER_REVIEW = 3

/** The history ends in the middle of a day's work: its latest postpaid orders are still being screened. */
function stillUnderReview(orders: readonly PlannedOrder[]): PlannedOrder[] {
  const waiting = new Set(
    orders
      .filter((order) => order.npPostpaid && order.npPostpaid.special === undefined)
      .toSorted((a, b) => a.orderedAt.getTime() - b.orderedAt.getTime())
      .slice(0, LEFT_UNDER_REVIEW),
  )
  return orders.map((order) =>
    waiting.has(order) && order.npPostpaid
      ? {
          ...order,
          customer: troubledCustomer(order.customer, 'review'),
          npPostpaid: { ...order.npPostpaid, special: 'review' },
        }
      : order,
  )
}
