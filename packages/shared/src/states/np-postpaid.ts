/** What may be done to an NP postpaid payment: the guard table of np-postpaid section 1.7, cell by cell. */
import type { MethodRules, PaymentFacts } from './payment.ts'
import { no, type Verdict, yes } from './verdict.ts'

/** What stands between every action and a sale that has ended for good. */
const GONE: readonly string[] = ['cancelled', 'refunded']
/** Ended, but a new registration can follow. */
const LOST: readonly string[] = ['failed', 'rejected', 'expired']

export const NP_POSTPAID: MethodRules = {
  capture: () => no('method_has_no_capture', 'report_shipment'),

  report_shipment(facts) {
    const unfit = gone(facts) ?? needsNewRegistration(facts)
    if (unfit) return unfit
    if (facts.shippedOn !== null) return no('already_shipped')
    if (facts.status === 'on_hold') return no('not_approved', 'correct')
    if (facts.status === 'in_review') return no('under_review')
    return facts.status === 'authorized' ? yes() : no('not_authorized_yet')
  },

  /** The shop's own plan: NP's registration carries no shipping day (np-postpaid 2.3), so NP is not asked and may be in review. */
  reissue: () => no('method_has_no_slip'),
  reauthorize: () => no('method_has_no_authorization', 'reregister'),

  plan_shipping(facts) {
    return gone(facts) ?? (facts.shippedOn === null ? yes() : no('already_shipped'))
  },

  /** Any field, screened again. Closed by the shipment report (E0100115). */
  correct(facts) {
    const unfit = gone(facts) ?? needsNewRegistration(facts)
    if (unfit) return unfit
    if (facts.shippedOn !== null) return no('already_shipped', 'change_amount')
    if (facts.status === 'in_review') return no('under_review', 'cancel')
    return facts.status === 'authorized' || facts.status === 'on_hold' ? yes() : no('not_authorized_yet')
  },

  /** Before shipment a change that is screened again; after it a smaller amount only: cancel, then register again. */
  change_amount(facts, today) {
    const unfit = gone(facts) ?? needsNewRegistration(facts)
    if (unfit) return unfit
    if (facts.shippedOn === null) {
      if (facts.status === 'in_review') return no('under_review', 'cancel')
      return facts.status === 'authorized' || facts.status === 'on_hold' ? yes() : no('not_authorized_yet')
    }
    if (facts.status === 'withdrawn') return no('claim_withdrawn', 'reregister')
    if (facts.paidOut) return no('already_paid_out', 'refund')
    if (facts.customerPaid) return no('customer_has_paid')
    // NP takes the new claim from the day after the shipment report on.
    if (facts.shippedOn >= today) return no('reduce_from_next_day', 'cancel')
    const standing = facts.capturedYen - facts.refundedYen
    return standing > 1 ? yes(standing - 1) : no('nothing_left_to_refund', 'cancel')
  },

  /** A new NP transaction for the same sale: after a refusal of its data, a rejection, a lapse, or a withdrawn claim. */
  reregister(facts) {
    const unfit = gone(facts)
    if (unfit) return unfit
    if (LOST.includes(facts.status) || facts.status === 'withdrawn') return yes()
    return facts.status === 'registered' ? no('not_authorized_yet') : no('registered_already')
  },

  /** A hold must be cancelled to free the customer's limit; a first rejection needs no cancel. After shipment it is a full return. */
  cancel(facts) {
    const unfit = gone(facts)
    if (unfit) return unfit
    if (facts.status === 'withdrawn') return yes()
    if (facts.status === 'rejected') return facts.creditHeld ? yes() : no('cancel_not_needed', 'reregister')
    const lost = needsNewRegistration(facts)
    if (lost) return lost
    if (facts.status === 'registered') return no('not_authorized_yet')
    if (facts.customerPaid) return no('customer_has_paid')
    return facts.paidOut ? no('already_paid_out', 'refund') : yes()
  },

  /** A return after the replacement payment: NP takes it off a later statement, where the contract says so. */
  refund(facts) {
    const unfit = gone(facts) ?? needsNewRegistration(facts)
    if (unfit) return unfit
    if (facts.status === 'withdrawn') return no('claim_withdrawn', 'cancel')
    if (!facts.paidOut) return no('not_paid_out_yet', 'cancel')
    if (facts.customerPaid) return no('customer_has_paid')
    return facts.returnAfterPayout === 'offset' ? yes() : no('offset_not_agreed')
  },
}

function gone({ status }: PaymentFacts): Verdict | undefined {
  return GONE.includes(status) ? no('payment_ended') : undefined
}

function needsNewRegistration({ status }: PaymentFacts): Verdict | undefined {
  switch (status) {
    case 'failed':
      return no('refused_needs_new_registration', 'reregister')
    case 'rejected':
      return no('rejected_needs_new_registration', 'reregister')
    case 'expired':
      return no('expired_needs_new_registration', 'reregister')
    default:
      return undefined
  }
}
