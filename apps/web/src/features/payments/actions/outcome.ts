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
    case 'change_amount':
      return { ...before, status: 'in_review', amountYen: amountYen ?? before.amountYen }
    case 'report_shipment':
      return { ...before, status: 'captured', capturedYen: before.amountYen }
  }
}
