/**
 * Simple recurring: the provider charges the same amount at the start of each month by itself (sbps-protocol 4). Nothing
 * is made up or sent here; each result it reports becomes the cycle of its month, once.
 */
import type { Kysely } from 'kysely'
import { addDays, addMonths, type BusinessDate } from '@choba/shared/dates.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'
import type { SubscriptionCustomer, SubscriptionGoods } from '../../db/tables/subscriptions.ts'
import { lockSubscription } from './attempts.queries.ts'
import { addEvent, insertCycle, saveSubscription, type Subscription } from './scheduler.queries.ts'
import { findMonth, insertMonthAttempt, saveMonth } from './simple.queries.ts'
import { insertSubscription, takeSerial } from './subscription.queries.ts'

const BY_PROVIDER = { kind: 'provider', id: 'sbps' } as const

export type SimpleBeginning = {
  readonly merchantId: string
  readonly shopId: string
  readonly connectionId: string
  readonly customer: SubscriptionCustomer
  readonly goods: readonly SubscriptionGoods[]
  readonly amountYen: number
  /** The contract's number at the provider. */
  readonly trackingId: string
  readonly on: BusinessDate
  readonly lastMonth: string | null
  readonly createdBy: string
  readonly at: Date
}

export type SimpleMonth = {
  readonly merchantId: string
  readonly subscriptionId: string
  /** The day of the charge; its month is the cycle. */
  readonly on: BusinessDate
  readonly orderNumber: string
  readonly at: Date
  readonly outcome:
    | { readonly kind: 'charged'; readonly paymentId: string }
    | { readonly kind: 'free' }
    | { readonly kind: 'failed'; readonly code: string }
}

/** Answers the id of the subscription. */
export async function beginSimple(tx: Kysely<Database>, begun: SimpleBeginning): Promise<string> {
  const { merchantId, shopId, connectionId, customer, amountYen, trackingId, on, lastMonth, createdBy, at } = begun
  const serial = await takeSerial(tx, merchantId)
  const subscriptionId = uuidv7()
  const endsOn = lastMonth === null ? null : addMonths(`${lastMonth}-01` as BusinessDate, 1)
  const following = monthAfter(on)
  await insertSubscription(tx, {
    merchantId,
    shopId,
    connectionId,
    customer,
    goods: [...begun.goods],
    amountYen,
    trackingId,
    createdBy,
    endsOn,
    subscriptionId,
    serial,
    code: `SUB${String(serial).padStart(6, '0')}`,
    kind: 'simple',
    method: 'card',
    status: 'active',
    delivery: null,
    meter: null,
    customerName: customer.name,
    itemName: begun.goods[0]?.name ?? '',
    invoice: 'separate',
    rhythmUnit: 'month',
    rhythmEvery: 1,
    rhythmDay: 1,
    roll: 'none',
    generateDays: 0,
    chargeDays: 0,
    nextNumber: 1,
    nextNominal: following,
    nextOn: endsOn !== null && following >= endsOn ? null : following,
    nextGenerateOn: null,
    agreedEndsOn: endsOn,
    startedOn: on,
    endedOn: null,
    retryDays: [],
    onFailure: 'skip',
    fallbackMethod: null,
    fallbackStore: null,
    cardPaymentId: null,
    idempotencyKey: `simple:${connectionId}:${trackingId}`,
    requestHash: '',
    createdAt: at,
  })
  await addEvent(tx, { merchantId, subscriptionId, at, kind: 'created', actor: BY_PROVIDER })
  return subscriptionId
}

/** True when the month has its payment already. */
export async function isMonthCharged(
  tx: Kysely<Database>,
  { merchantId, subscriptionId, on }: Pick<SimpleMonth, 'merchantId' | 'subscriptionId' | 'on'>,
): Promise<boolean> {
  const subscription = await lockSubscription(tx, merchantId, subscriptionId)
  if (subscription === undefined) return false
  return (await findMonth(tx, subscription, numberOf(subscription, on)))?.state === 'charged'
}

/** A failed month that is charged after all becomes a charged one; a charged one stays. */
export async function recordMonth(tx: Kysely<Database>, month: SimpleMonth): Promise<void> {
  const { merchantId, subscriptionId, on, at, outcome } = month
  const subscription = await lockSubscription(tx, merchantId, subscriptionId)
  if (subscription === undefined) return
  const number = numberOf(subscription, on)
  const before = await findMonth(tx, subscription, number)
  if (before?.state === 'charged') return
  const { goods, amountYen, method, trackingId: _, ...rest } = subscription
  if (before === undefined) {
    const cycle = { merchantId, subscriptionId, number, method, fallsOn: on, chargeOn: on, generatedOn: on }
    const free = outcome.kind === 'free'
    await insertCycle(tx, { ...cycle, state: 'skipped', goods, meter: null, amountYen: free ? 0 : amountYen })
  }
  const next = monthAfter(on)
  if (next > subscription.nextNominal || rest.nextNumber <= number) {
    const nextOn = subscription.endsOn !== null && next >= subscription.endsOn ? null : next
    await saveSubscription(tx, subscription, { nextNumber: number + 1, nextNominal: next, nextOn })
  }
  if (outcome.kind === 'free') return
  const attempt = (before?.attempts ?? 0) + 1
  await insertMonthAttempt(tx, subscription, { ...month, number, attempt })
  await saveMonth(tx, subscription, number, {
    state: outcome.kind,
    attempts: attempt,
    failedFirst: before?.failedFirst ?? outcome.kind === 'failed',
    paymentId: outcome.kind === 'charged' ? outcome.paymentId : null,
  })
  if (outcome.kind === 'failed') {
    const detail = { number: String(number), codes: outcome.code }
    await addEvent(tx, { merchantId, subscriptionId, at, kind: 'cycle_failed', detail, actor: BY_PROVIDER })
  }
}

/** The provider says that it charges no more: stopped, ended on the carrier's side, or its last month is over. */
export async function endSimple(
  tx: Kysely<Database>,
  { merchantId, subscriptionId, on, at }: Pick<SimpleMonth, 'merchantId' | 'subscriptionId' | 'on' | 'at'>,
): Promise<void> {
  const subscription = await lockSubscription(tx, merchantId, subscriptionId)
  if (subscription === undefined || subscription.status === 'ended') return
  await saveSubscription(tx, subscription, {
    status: 'ended',
    endedOn: on,
    endsOn: subscription.endsOn ?? addDays(on, 1),
    nextOn: null,
  })
  await addEvent(tx, { merchantId, subscriptionId, at, kind: 'ended', actor: BY_PROVIDER })
}

/** The month of the application is the first. */
function numberOf({ startedOn }: Subscription, on: BusinessDate): number {
  const months = (day: BusinessDate) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return months(on) - months(startedOn) + 1
}

function monthAfter(on: BusinessDate): BusinessDate {
  return addMonths(`${on.slice(0, 7)}-01` as BusinessDate, 1)
}

export const simpleSubscriptions = {
  begin: beginSimple,
  isCharged: isMonthCharged,
  record: recordMonth,
  end: endSimple,
}
