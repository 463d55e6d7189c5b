/** What the shop's staff do with an order in the days after it: ship, capture, cancel, refund, change. */
import { addDays, weekday, type BusinessDate } from '@choba/shared/dates.ts'
import { chance, integerBetween, pick } from '../random.ts'
import type { PlannedOrder } from './orders.ts'
import type { Person } from './people.ts'

export const DEMO_ACTIONS = [
  'capture',
  'cancel',
  'refund',
  'change_amount',
  'report_shipment',
  'plan_shipping',
  'correct',
] as const
export type PlannedAction = {
  readonly day: number
  readonly shop: number
  readonly orderNumber: string
  readonly action: (typeof DEMO_ACTIONS)[number]
  readonly amountYen?: number
  readonly carrierCode?: string
  readonly slipNumber?: string
  readonly reason?: string
  /** plan_shipping: null, the order will not leave. */
  readonly shipOn?: null
  /** What of the order was wrong or has changed. */
  readonly correction?: { readonly customer: Person }
}

const CARRIERS = [
  '59010',
  '59010',
  '59010',
  '59010',
  '50000',
  '50000',
  '50000',
  '59041',
  '59041',
  '59043',
  '59030',
  '59060',
] as const
/** NP tracks nothing for it, and asks the carrier by its own way. */
const UNTRACKED_CARRIER = '55555'
/** Belongs to no parcel, so that arrival is never confirmed. */
const LOST_SLIP = '999999999999'

/** The share of those without an approval that somebody gives up. */
const GIVEN_UP = 0.85
const GIVEN_UP_REASON = '保留のためお客様と相談のうえ取消'

export function planActions(startDay: BusinessDate, order: PlannedOrder): PlannedAction[] {
  if (order.method === 'np_postpaid') return npActions(startDay, order)
  return order.method === 'card' ? cardActions(startDay, order) : storeActions(startDay, order)
}

/**
 * What the staff do on the next day about a shipment that the console did not let them report: a held order is given up,
 * a rejected one is paid another way.
 */
export function followUp(action: PlannedAction, reason: string | null, day: number): PlannedAction | undefined {
  if (action.action !== 'report_shipment') return undefined
  const { shop, orderNumber } = action
  if (reason === 'not_approved') return { day, shop, orderNumber, action: 'cancel', reason: GIVEN_UP_REASON }
  if (reason === 'rejected_needs_new_registration')
    return { day, shop, orderNumber, action: 'plan_shipping', shipOn: null }
  return undefined
}

function npActions(startDay: BusinessDate, order: PlannedOrder): PlannedAction[] {
  const key = order.orderNumber
  const special = order.npPostpaid?.special
  const fate = chance('np.fate', key)
  const shipDay = workingDay(startDay, order.day + pick([1, 1, 1, 1, 2, 2, 3], 'ship', key))
  if (special?.startsWith('RE')) {
    // Most of the held ones are given up, which frees the customer's limit; the rest wait for someone.
    return chance('give up', key) < GIVEN_UP
      ? [
          step(order, order.day + integerBetween(3, 6, 'give up', key), 'cancel', {
            reason: GIVEN_UP_REASON,
          }),
        ]
      : []
  }
  if (special?.startsWith('NG') || special === 'over_limit')
    return chance('give up', key) < GIVEN_UP ? [step(order, order.day + 2, 'plan_shipping', { shipOn: null })] : []
  if (special === 'zip_mismatch' || special === 'rare_character') return []
  if (fate < 0.025)
    return [step(order, order.day + integerBetween(1, 2, 'cancel', key), 'cancel', { reason: 'お客様都合' })]
  if (fate < 0.035)
    return [
      step(order, order.day + integerBetween(12, 25, 'forgotten', key), 'cancel', { reason: '在庫切れのため取消' }),
    ]
  const ship = step(order, special === 'review' ? shipDay + 2 : shipDay, 'report_shipment', {
    carrierCode: special === 'wrong_slip_carrier' ? UNTRACKED_CARRIER : pick(CARRIERS, 'carrier', key),
    slipNumber: special === 'lost_parcel' ? LOST_SLIP : slipNumberOf(key),
  })
  if (fate < 0.06)
    return [
      step(order, order.day + 1, 'change_amount', { amountYen: lowered(order), reason: '一部欠品' }),
      { ...ship, day: Math.max(ship.day, order.day + 2) },
    ]
  if (fate < 0.068)
    return [
      ship,
      step(order, ship.day + integerBetween(2, 5, 'change', key), 'change_amount', {
        amountYen: lowered(order),
        reason: '一部返品',
      }),
    ]
  if (fate < 0.085)
    return [ship, step(order, ship.day + integerBetween(3, 9, 'return', key), 'cancel', { reason: '返品' })]
  return [ship]
}

function cardActions(startDay: BusinessDate, order: PlannedOrder): PlannedAction[] {
  const key = order.orderNumber
  const fate = chance('card.fate', key)
  const captureDay = workingDay(startDay, order.day + pick([1, 1, 1, 2, 3], 'capture', key))
  const automatic = order.card?.capture === 'automatic'
  if (!automatic && fate < 0.03)
    return [step(order, order.day + integerBetween(1, 2, 'cancel', key), 'cancel', { reason: 'お客様都合' })]
  if (!automatic && fate < 0.045) return []
  const partial = !automatic && fate < 0.075
  const capture = automatic
    ? []
    : [step(order, captureDay, 'capture', partial ? { amountYen: lowered(order), reason: '一部欠品' } : {})]
  const refundDay = captureDay + integerBetween(2, 20, 'refund', key)
  if (fate > 0.98) return [...capture, step(order, refundDay, 'refund', { reason: '返品' })]
  if (fate > 0.955)
    return [
      ...capture,
      step(order, refundDay, 'refund', { amountYen: order.amountYen - lowered(order), reason: '一部返品' }),
    ]
  return capture
}

function storeActions(_startDay: BusinessDate, order: PlannedOrder): PlannedAction[] {
  const cancels = order.convenienceStore?.special === undefined && chance('store.fate', order.orderNumber) < 0.04
  return cancels ? [step(order, order.day + 1, 'cancel', { reason: '注文取消' })] : []
}

/** The shop packs nothing on Sundays. */
export function workingDay(startDay: BusinessDate, day: number): number {
  return weekday(addDays(startDay, day)) === 0 ? day + 1 : day
}

/** What is left when one piece of the first line is taken away, or a fifth of the price where there is only one piece. */
export function lowered(order: PlannedOrder): number {
  const [line] = order.goods
  if (!line || line.quantity < 2) return order.amountYen - Math.ceil(order.amountYen / 5)
  return order.amountYen - line.unitPriceYen
}

export function slipNumberOf(orderNumber: string): string {
  return String(integerBetween(300_000_000_000, 499_999_999_999, 'slip', orderNumber))
}

type Extra = Pick<PlannedAction, 'amountYen' | 'carrierCode' | 'slipNumber' | 'reason' | 'shipOn' | 'correction'>

export function step(
  order: PlannedOrder,
  day: number,
  action: PlannedAction['action'],
  extra: Extra = {},
): PlannedAction {
  return { day, shop: order.shop, orderNumber: order.orderNumber, action, ...extra }
}
