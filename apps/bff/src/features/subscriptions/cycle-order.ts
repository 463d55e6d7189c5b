/** A cycle as the order that charges it. The same try always makes the same order. */
import type { OrderInput } from '@choba/shared/contracts/orders.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { UnsentAttempt } from './attempts.queries.ts'

/** [assumed] Days in which a convenience-store slip that stands in for another method can be paid. */
const SLIP_DAYS = 14

export function orderOf(attempt: UnsentAttempt, now: Date, today: BusinessDate): OrderInput {
  const { shopId, orderNumber, method, customer, delivery, goods, amountYen } = attempt
  const order = {
    shopId,
    orderNumber,
    orderedAt: now.toISOString(),
    method,
    // Nobody keys it in: it counts as bought where the subscription's first order is usually made.
    site: 'pc' as const,
    connectionMethod: 'api' as const,
    amountYen,
    customer,
    delivery,
    // What was metered at nothing is no line of the order.
    goods: goods.filter((line) => line.quantity > 0),
  }
  switch (method) {
    case 'card':
      return {
        ...order,
        billingMethod: 'recurring_metered',
        card: { ...(attempt.trackingId !== null && { trackingId: attempt.trackingId }), capture: 'automatic' },
      }
    case 'convenience_store':
      return {
        ...order,
        billingMethod: 'pay_as_you_go',
        convenienceStore: { store: attempt.fallbackStore ?? '016', payWithinDays: SLIP_DAYS },
      }
    case 'np_postpaid':
      return {
        ...order,
        billingMethod: 'pay_as_you_go',
        // A late try leaves late; the rescue queue's deadline follows.
        npPostpaid: { invoice: attempt.invoice, shipOn: attempt.fallsOn < today ? today : attempt.fallsOn },
      }
  }
}
