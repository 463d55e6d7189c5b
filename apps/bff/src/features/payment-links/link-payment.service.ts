/** A purchase of the page becomes a payment: registered, and what its provider said of it at once. */
import type { Kysely } from 'kysely'
import { dayOf } from '@choba/shared/dates.ts'
import type { BillingMethod } from '@choba/shared/methods.ts'
import { yen } from '@choba/shared/money.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import { termIn } from '@choba/shared/terms.ts'
import type { Connection } from '../../core/connection.ts'
import type { Database } from '../../db/schema.ts'
import { listTerms } from '../../db/terms.ts'
import type { Dated, PaymentEvent } from '../../domain/payment/events.ts'
import { evolve } from '../../domain/payment/payment.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { applyNews } from '../../ledger/apply-news.ts'
import { wakeMessages } from '../../ledger/inbox.ts'
import { record } from '../../ledger/record.ts'
import type { HostedRead, HostedResult } from '../../providers/hosted-page.ts'
import { findApiConnection, type LinkRecord } from './payment-link.queries.ts'

export type Opening = {
  readonly read: Extract<HostedRead, { kind: 'result' }>
  readonly result: Extract<HostedResult, { kind: 'accepted' }>
  readonly messageId: string
  readonly paymentId: string
  readonly orderNumber: string
  readonly billingMethod: BillingMethod
}

export async function openPayment(
  tx: Kysely<Database>,
  page: Connection,
  link: LinkRecord,
  opening: Opening,
): Promise<void> {
  const { merchantId } = page
  const { result, read, messageId, paymentId } = opening
  const on = result.on.provider === 'same' ? page : await findApiConnection(tx, link, result.on.provider, result.method)
  const registered = await registeredEvent(tx, link, opening, on?.connectionId ?? page.connectionId)
  const state = evolve(undefined, registered.event, registered.at)
  const { events, refusals } = applyNews(state, result.news)
  // News of a payment that was not there a moment ago is always its first.
  if (refusals.length > 0) throw new Error(`a new payment refuses its own news: ${refusals.join()}`)
  const { zip, address, ...person } = link.customer
  await record(tx, merchantId, [
    {
      paymentId,
      before: undefined,
      actor: { kind: 'provider', id: page.provider },
      messageId,
      events: [registered, ...events],
      sheet: { customer: { ...person, zip, address, company: '', department: '' }, delivery: null, goods: link.goods },
    },
  ])
  if (await wakeMessages(tx, merchantId, [read.providerId])) await enqueueApply(tx, merchantId)
}

async function registeredEvent(
  tx: Kysely<Database>,
  link: LinkRecord,
  { read, result, orderNumber, billingMethod }: Opening,
  connectionId: string,
): Promise<Dated<Extract<PaymentEvent, { type: 'registered' }>>> {
  const { shopId } = link
  const amountYen = yen(link.amountYen)
  const { method } = result
  const on = dayOf(new Date(read.saidAt))
  const terms = method === 'np_postpaid' ? await listTerms(tx, link.merchantId, { method, kinds: ['approval'] }) : []
  const days = termIn(terms, 'approval', { shopId, method, on })?.days
  return {
    at: read.saidAt,
    event: {
      type: 'registered',
      shopId,
      method,
      orderNumber,
      orderBranch: 0,
      amountYen,
      taxes: taxesOf(link.goods, amountYen),
      site: link.site ?? 'pc',
      billingMethod,
      connectionMethod: 'link',
      connectionId,
      ...(method === 'np_postpaid' && { npPostpaid: days === undefined ? {} : { approvalDays: days } }),
    },
  }
}
