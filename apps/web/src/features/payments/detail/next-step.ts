/** The one sentence that says what to do next with a payment. */
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language, labels } from '@choba/shared/labels/labels.ts'
import type { PaymentAction, PaymentStatus } from '@choba/shared/states/payment.ts'
import { formatDay } from '../../../ui/time/format-time.ts'

export type NextStep = {
  readonly text: string
  readonly urgent: boolean
  /** The action that does it. */ readonly action: PaymentAction | null
}

export function nextStep(
  detail: Pick<PaymentDetail, 'payment' | 'operations' | 'actions'>,
  language: Language,
): NextStep {
  const { payment, operations, actions } = detail
  const words = labels(language).detail
  if (payment.inFlight !== null) {
    const waiting = operations.find(({ state }) => state === 'requested' || state === 'held')
    if (waiting !== undefined) {
      const { next_held: held, next_requested: requested } = labels(language).approvals
      return { text: waiting.state === 'held' ? held : requested, urgent: false, action: null }
    }
    const unknown = operations.some((operation) => operation.state === 'unknown')
    return {
      text: fill(unknown ? words.next_unknown : words.next_in_flight, {
        action: label(language, 'action', payment.inFlight),
      }),
      urgent: false,
      action: null,
    }
  }
  const date = payment.nextOn === null ? null : formatDay(payment.nextOn, language)
  const dated = (plain: string, withDate: string) => (date === null ? plain : fill(withDate, { date }))
  const waits = (text: string): NextStep => ({ text, urgent: false, action: null })
  const isNp = payment.method === 'np_postpaid'
  // Not where another slip of the order has been issued since.
  const canReissue = actions.some(({ action, verdict }) => action === 'reissue' && verdict.allowed)
  const steps: Readonly<Record<PaymentStatus, () => NextStep>> = {
    registered: () => waits(words.next_in_review),
    in_review: () => waits(words.next_in_review),
    on_hold: () => ({ text: words.next_on_hold, urgent: true, action: 'correct' }),
    withdrawn: () => ({ text: words.next_withdrawn, urgent: true, action: 'reregister' }),
    rejected: () => waits(words.next_rejected),
    authorized: () =>
      isNp
        ? { text: words.next_authorized_np, urgent: false, action: 'report_shipment' }
        : { text: dated(words.next_authorized_card, words.next_authorized_card_by), urgent: false, action: 'capture' },
    awaiting_payment: () => waits(dated(words.next_awaiting_payment, words.next_awaiting_payment_by)),
    captured: () => waits(isNp ? words.next_captured_np : words.next_captured),
    arrived: () => waits(words.next_captured),
    settled: () => waits(dated(words.next_settled, words.next_settled_on)),
    failed: () => ({
      text: words.next_failed,
      urgent: true,
      action: isNp ? 'reregister' : canReissue ? 'reissue' : null,
    }),
    undone: () => waits(words.next_nothing),
    paid_out: () => waits(words.next_nothing),
    refunded: () => waits(words.next_nothing),
    cancelled: () => waits(words.next_nothing),
    expired: () =>
      isNp
        ? { text: words.next_expired_np, urgent: true, action: 'reregister' }
        : canReissue
          ? { text: words.next_expired_slip, urgent: false, action: 'reissue' }
          : waits(words.next_nothing),
  }
  return steps[payment.status]()
}
