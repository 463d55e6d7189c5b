/** The answer to "may this be done now": yes and up to how much, or why not and what instead. */
import type { PaymentAction } from './payment.ts'

export const REFUSAL_REASONS = [
  'role_forbids',
  'operation_in_flight',
  'not_authorized_yet',
  'already_captured',
  'capture_period_over',
  'not_captured_yet',
  'nothing_left_to_refund',
  'refund_period_over',
  'payment_ended',
  'already_shipped',
  'customer_has_paid',
  'already_paid_out',
  'deposit_received',
  'method_has_no_capture',
  'method_has_no_refund',
  'method_has_no_shipment',
  'method_has_no_amount_change',
  'not_approved',
  'under_review',
  'rejected_needs_new_registration',
  'refused_needs_new_registration',
  'expired_needs_new_registration',
  'registered_already',
  'claim_withdrawn',
  'cancel_not_needed',
  'reduce_from_next_day',
  'not_paid_out_yet',
  'offset_not_agreed',
  'method_has_no_correction',
  'method_has_no_reregistration',
  'method_has_no_slip',
  'method_has_no_authorization',
  'replaced_already',
  'brought_in',
  'above_ceiling',
  'reason_missing',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

export type Verdict =
  | {
      readonly allowed: true
      /** The most that may be captured or refunded; null where no amount is asked. */ readonly upToYen: number | null
    }
  | { readonly allowed: false; readonly reason: RefusalReason; readonly instead: PaymentAction | null }

export function yes(upToYen: number | null = null): Verdict {
  return { allowed: true, upToYen }
}

export function no(reason: RefusalReason, instead: PaymentAction | null = null): Verdict {
  return { allowed: false, reason, instead }
}
