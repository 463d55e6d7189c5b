/** Results of a link whose amount the provider charges each month by itself: the first begins a subscription, each later one is its month. */
import type { Kysely } from 'kysely'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { Connection } from '../../core/connection.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Database } from '../../db/schema.ts'
import type { LinkCustomer, LinkGoods } from '../../db/tables/payment-links.ts'
import type { HostedRead } from '../../providers/hosted-page.ts'
import { openPayment } from './link-payment.service.ts'
import { changeLink, type LinkRecord } from './payment-link.queries.ts'
import { isLive } from './payment-links.service.ts'

type Read = Extract<HostedRead, { kind: 'result' }>

/** What the subscriptions bring: this feature does not know them. */
export type Recurring = {
  begin(
    tx: Kysely<Database>,
    begun: {
      readonly merchantId: string
      readonly shopId: string
      readonly connectionId: string
      readonly customer: LinkCustomer & { readonly company: string; readonly department: string }
      readonly goods: readonly LinkGoods[]
      readonly amountYen: number
      readonly trackingId: string
      readonly on: BusinessDate
      readonly lastMonth: string | null
      readonly createdBy: string
      readonly at: Date
    },
  ): Promise<string>
  isCharged(
    tx: Kysely<Database>,
    month: { readonly merchantId: string; readonly subscriptionId: string; readonly on: BusinessDate },
  ): Promise<boolean>
  record(tx: Kysely<Database>, month: Month): Promise<void>
  end(tx: Kysely<Database>, month: Omit<Month, 'orderNumber' | 'outcome'>): Promise<void>
}

type Month = {
  readonly merchantId: string
  readonly subscriptionId: string
  readonly on: BusinessDate
  readonly orderNumber: string
  readonly at: Date
  readonly outcome:
    | { readonly kind: 'charged'; readonly paymentId: string }
    | { readonly kind: 'free' }
    | { readonly kind: 'failed'; readonly code: string }
}

export type RecurringVerdict =
  | { readonly kind: 'refuse'; readonly detail: string }
  | { readonly kind: 'accept'; readonly paymentId: string | null; readonly note?: 'month_charged' }

/** A charge that the provider has made is never refused, but a second one of a month makes no second payment. */
export async function decideRecurring(
  recurring: Recurring,
  tx: Kysely<Database>,
  link: LinkRecord,
  { result, amountYen, chargedOn: on }: Read,
): Promise<RecurringVerdict> {
  const accept = (paymentId: string | null): RecurringVerdict => ({ kind: 'accept', paymentId })
  const { merchantId, subscriptionId } = link
  if (result.kind !== 'accepted') return accept(null)
  if (amountYen !== link.amountYen) return { kind: 'refuse', detail: 'amount' }
  if (subscriptionId !== null) {
    if (await recurring.isCharged(tx, { merchantId, subscriptionId, on }))
      return { kind: 'accept', paymentId: null, note: 'month_charged' }
    return accept(uuidv7())
  }
  if (!isLive(link)) return { kind: 'refuse', detail: 'not_live' }
  if (!link.methods.includes(result.method)) return { kind: 'refuse', detail: 'method' }
  return accept(link.recurring?.firstMonth === 'free' ? null : uuidv7())
}

export type Heard = {
  readonly read: Read
  readonly messageId: string
  readonly paymentId: string | null
  readonly at: Date
}

export async function followRecurring(
  recurring: Recurring,
  tx: Kysely<Database>,
  page: Connection,
  link: LinkRecord,
  heard: Heard,
): Promise<void> {
  const { read, paymentId, messageId, at } = heard
  const { merchantId, subscriptionId } = link
  const { result, chargedOn: on, faultCode } = read
  if (result.kind === 'accepted') {
    const begun = subscriptionId ?? (await begin(recurring, tx, link, heard))
    const orderNumber = subscriptionId === null ? link.orderNumber : monthOrder(link, on)
    const month = { merchantId, subscriptionId: begun, on, orderNumber, at }
    if (paymentId === null) return recurring.record(tx, { ...month, outcome: { kind: 'free' } })
    await openPayment(tx, page, link, {
      read,
      result,
      messageId,
      paymentId,
      orderNumber,
      billingMethod: 'recurring_simple',
    })
    if (subscriptionId === null) await changeLink(tx, link, { paymentId })
    return recurring.record(tx, { ...month, outcome: { kind: 'charged', paymentId } })
  }
  if (subscriptionId === null) {
    if (result.kind === 'failed' && isLive(link))
      await changeLink(tx, link, { state: 'failed', faultCode: faultCode || null })
    return
  }
  const month = { merchantId, subscriptionId, on, at }
  if (result.kind === 'recurring') return recurring.end(tx, month)
  if (result.kind !== 'failed') return
  const orderNumber = monthOrder(link, on)
  await recurring.record(tx, { ...month, orderNumber, outcome: { kind: 'failed', code: faultCode } })
}

async function begin(
  recurring: Recurring,
  tx: Kysely<Database>,
  link: LinkRecord,
  { read, at }: Heard,
): Promise<string> {
  const { merchantId, shopId, connectionId, goods, amountYen, createdBy } = link
  const { trackingId, chargedOn: on } = read
  const subscriptionId = await recurring.begin(tx, {
    merchantId,
    shopId,
    connectionId,
    customer: { ...link.customer, company: '', department: '' },
    goods,
    amountYen,
    trackingId,
    on,
    lastMonth: link.recurring?.lastMonth ?? null,
    createdBy,
    at,
  })
  await changeLink(tx, link, { state: 'paid', method: 'card', trackingId, subscriptionId })
  return subscriptionId
}

/** The order of a later month: the link's own with the month behind it. */
function monthOrder({ orderNumber }: LinkRecord, on: BusinessDate): string {
  return `${orderNumber}-${on.slice(0, 7).replace('-', '')}`
}
