/** What was agreed, checked and as columns. Pure: who can be charged through what is handed in. */
import type { SubscriptionTerms } from '@choba/shared/contracts/subscription-input.ts'
import type { Method } from '@choba/shared/methods.ts'
import type { SubscriptionKind } from '@choba/shared/states/subscription.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { shortestCycle } from '@choba/shared/subscriptions/schedule.ts'
import { sumOf } from './plan.ts'

export type Terms = SubscriptionTerms & { readonly kind: SubscriptionKind }
export type Issue = { readonly path: string; readonly message: string }
type EarlierPayment = {
  readonly paymentId: string
  readonly method: Method
  readonly status: PaymentStatus
  readonly providerId: string | null
}

/** Cards take no single yen (sbps-protocol 1.2). */
export const CARD_MIN_YEN = 2
export const MOST_YEN = 9_999_999
const NEVER_AUTHORIZED: readonly PaymentStatus[] = ['registered', 'in_review', 'rejected', 'failed']

export function methodOf(kind: SubscriptionKind): Method {
  return kind === 'np_schedule' ? 'np_postpaid' : 'card'
}

/** Whether its card can be charged again: by the provider's number (tracking id) of a payment that was authorized once. */
export function isChargeable({ method, status, providerId }: Omit<EarlierPayment, 'paymentId'>): boolean {
  return method === 'card' && !NEVER_AUTHORIZED.includes(status) && /^\d{14}$/.test(providerId ?? '')
}

/** @param card the payment of `cardOrderNumber`; undefined when there is none */
export function faultsOf(terms: Terms, offered: readonly Method[], card: EarlierPayment | undefined): Issue[] {
  const { kind, goods, meter, generateDays, chargeDays, retryDays, onFailure, fallbackMethod, rhythm } = terms
  const method = methodOf(kind)
  const methods = [method, ...(onFailure === 'fallback' && fallbackMethod !== null ? [fallbackMethod] : [])]
  const sum = sumOf(goods)
  const least = kind === 'metered' ? 0 : method === 'card' ? CARD_MIN_YEN : 1
  const faults: ReadonlyArray<readonly [boolean, string, string]> = [
    [sum < least || sum > MOST_YEN, 'goods', `a cycle is between ${least} and ${MOST_YEN} yen`],
    [(kind === 'metered') !== (meter !== null), 'meter', kind === 'metered' ? 'missing' : 'only where use is metered'],
    [!offered.includes(method), 'kind', `${method} is not offered by this shop`],
    [rhythm.unit === 'month' && rhythm.every > 24, 'rhythm', 'at least every two years'],
    [chargeDays > generateDays, 'chargeDays', 'not before the order is made up'],
    [!ascends(retryDays), 'retryDays', 'each later than the one before'],
    [(retryDays.at(-1) ?? 0) >= shortestCycle(rhythm), 'retryDays', 'not beyond the next cycle'],
    [onFailure === 'fallback' && fallbackMethod === null, 'fallbackMethod', 'missing'],
    [methods[1] === method, 'fallbackMethod', 'another method than its own'],
    [methods[1] !== undefined && !offered.includes(methods[1]), 'fallbackMethod', 'not offered by this shop'],
    [methods[1] === 'convenience_store' && terms.fallbackStore === null, 'fallbackStore', 'missing'],
    [methods.includes('card') && terms.cardOrderNumber === null, 'cardOrderNumber', 'missing'],
    [
      methods.includes('card') && card !== undefined && !isChargeable(card),
      'cardOrderNumber',
      'cannot be charged again',
    ],
    [terms.cardOrderNumber !== null && card === undefined, 'cardOrderNumber', 'no such order'],
  ]
  return faults.filter(([isFault]) => isFault).map(([, path, message]) => ({ path, message }))
}

function ascends(days: readonly number[]): boolean {
  return days.every((day, index) => day > (days[index - 1] ?? 0))
}

/** The columns that change with the terms, whatever the days. */
export function termColumns(terms: Terms, card: EarlierPayment | undefined) {
  const { kind, goods, meter, generateDays, chargeDays, retryDays, onFailure, invoice } = terms
  const isFallback = onFailure === 'fallback'
  return {
    kind,
    method: methodOf(kind),
    goods,
    meter,
    itemName: goods[0]?.name ?? '',
    amountYen: sumOf(goods),
    generateDays,
    chargeDays,
    retryDays,
    onFailure,
    invoice,
    fallbackMethod: isFallback ? terms.fallbackMethod : null,
    fallbackStore: isFallback && terms.fallbackMethod === 'convenience_store' ? terms.fallbackStore : null,
    cardPaymentId: card?.paymentId ?? null,
    trackingId: card?.providerId ?? null,
  }
}
