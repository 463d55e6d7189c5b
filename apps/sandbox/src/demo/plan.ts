/** The whole history before it happens: the same start and size give the same plan, so that it can be resumed at any point. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { planActions, type PlannedAction } from './actions.ts'
import { planOrder, type MethodCounts, type PlannedOrder } from './orders.ts'
import { paymentsPerDay } from './volume.ts'

export type PlanSize = { readonly startDay: BusinessDate; readonly days: number; readonly payments: number }
export type PlanDay = { readonly orders: readonly PlannedOrder[]; readonly actions: readonly PlannedAction[] }

export function planTrade({ startDay, days, payments }: PlanSize): PlanDay[] {
  const counts: MethodCounts = { np_postpaid: 0, card: 0, convenience_store: 0 }
  const orders = paymentsPerDay(startDay, days, payments).map((count, day) =>
    Array.from({ length: count }, (_, index) => planOrder(startDay, day, index, counts)),
  )
  const actions = orders.flat().flatMap((order) => planActions(startDay, order))
  return orders.map((ofDay, day) => ({ orders: ofDay, actions: actions.filter((action) => action.day === day) }))
}
