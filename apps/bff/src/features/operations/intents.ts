/** What the books say as soon as an operation is accepted, before any provider is asked. */
import type { Correction } from '@choba/shared/contracts/operations.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { Actor } from '../../core/actor.ts'
import { applyNews } from '../../ledger/apply-news.ts'
import type { Change, LockedPayment, OrderSheet } from '../../ledger/record.ts'
import type { NpPostpaidFacts } from '../../domain/payment/np-facts.ts'
import { standingOf } from '../../domain/payment/payment.ts'
import { correctedSheet, correctionNews } from './correction.ts'
import type { NewOperation } from './operations.queries.ts'

/**
 * A reduction after shipment says so first: while it is under way a cancelled claim is our own doing. A new registration
 * is made of the corrected order, which NP does not know yet in any form, so it is corrected at once.
 */
export function intentOf(
  operation: NewOperation,
  payment: LockedPayment,
  sheet: OrderSheet | undefined,
  actor: Actor,
  now: Date,
): Change[] {
  const at = now.toISOString()
  const base = { paymentId: payment.paymentId, before: payment, actor, operationId: operation.operationId }
  if (operation.kind === 'change_amount' && standingOf(payment.state).shippedOn !== null)
    return [{ ...base, events: [{ at, event: { type: 'reduction_begun', toYen: yen(operation.amountYen ?? 0) } }] }]
  if (operation.kind === 'plan_shipping') {
    const shipOn = operation.request['shipOn'] as BusinessDate | null // as the contract of the request reads it
    // The day that stands already is no news.
    if ((payment.state.facts as unknown as NpPostpaidFacts).shipOn === shipOn) return []
    return [{ ...base, events: [{ at, event: { type: 'ship_date_planned', shipOn } }] }]
  }
  const correction = operation.request['correction'] as Correction | undefined
  const isNew = operation.kind === 'reregister' && standingOf(payment.state).shippedOn === null
  if (!isNew || sheet === undefined || (correction === undefined && operation.amountYen === null)) return []
  const news = correctionNews(payment.state.books, sheet, correction ?? {}, operation.amountYen)
  const { events } = applyNews(payment.state, [{ at, news }])
  return [{ ...base, events, sheet: correctedSheet(sheet, correction ?? {}) }]
}
