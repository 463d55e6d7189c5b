/** What an action will have changed once the provider agrees: shown before it is asked for. */
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { PaymentAction, PaymentStatus } from '@choba/shared/states/payment.ts'

export type Standing = {
  readonly status: PaymentStatus
  readonly amountYen: number
  readonly capturedYen: number
  readonly refundedYen: number
}

export function standingOf(payment: Pick<PaymentRow, keyof Standing>): Standing {
  const { status, amountYen, capturedYen, refundedYen } = payment
  return { status, amountYen, capturedYen, refundedYen }
}

/** `amountYen` is undefined while what was typed is no amount. */
export function outcomeOf(
  action: PaymentAction,
  method: string,
  before: Standing,
  amountYen: number | undefined,
): Standing {
  switch (action) {
    case 'capture':
      return { ...before, status: 'captured', capturedYen: amountYen ?? before.capturedYen }
    case 'refund': {
      // A return after the replacement payment is of the whole sale.
      if (method === 'np_postpaid') return { ...before, status: 'cancelled', refundedYen: before.capturedYen }
      const refundedYen = before.refundedYen + (amountYen ?? 0)
      return { ...before, refundedYen, status: refundedYen >= before.capturedYen ? 'refunded' : before.status }
    }
    case 'cancel':
      // A shipped NP payment was booked; cancelling it gives the whole sale back.
      return {
        ...before,
        status: 'cancelled',
        refundedYen: method === 'np_postpaid' ? before.capturedYen : before.refundedYen,
      }
    case 'correct':
    case 'reregister':
      return { ...before, status: 'in_review' }
    // The new claim is a payment of its own; what stands here ends once it may.
    case 'reissue':
    case 'reauthorize':
      return before.status === 'awaiting_payment' || before.status === 'authorized'
        ? { ...before, status: 'cancelled' }
        : before
    case 'change_amount':
      if (method === 'convenience_store') return { ...before, status: 'cancelled' }
      if (before.capturedYen > 0) return reduced(before, amountYen)
      return { ...before, status: 'in_review', amountYen: amountYen ?? before.amountYen }
    case 'plan_shipping':
      return before
    case 'report_shipment':
      return { ...before, status: 'captured', capturedYen: before.amountYen }
  }
}

/** After shipment the old claim is cancelled and a smaller one registered: what lies between is given back. */
function reduced(before: Standing, amountYen: number | undefined): Standing {
  if (amountYen === undefined) return before
  const sold = before.capturedYen - before.refundedYen
  return { ...before, amountYen, refundedYen: before.refundedYen + Math.max(0, sold - amountYen) }
}
