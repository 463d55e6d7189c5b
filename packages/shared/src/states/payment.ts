/** What a payment can be, and what a person may do to it: one table for the buttons, the BFF and the API docs. */
import type { BusinessDate } from '../dates.ts'
import { type Method } from '../methods.ts'
import { type Holder, may } from '../permissions.ts'
import { NP_POSTPAID } from './np-postpaid.ts'
import { no, type Verdict, yes } from './verdict.ts'

export const PAYMENT_STATUSES = [
  'registered',
  'in_review',
  'on_hold',
  'rejected',
  'authorized',
  'awaiting_payment',
  'captured',
  'arrived',
  'withdrawn',
  'settled',
  'paid_out',
  'refunded',
  'cancelled',
  'expired',
  'failed',
  /** A past sale whose import was taken back: nothing of it counts. */
  'undone',
] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** How a status asks for attention: grey, vermilion, indigo, green, struck. */
export const STATUS_TONE = {
  registered: 'waiting',
  in_review: 'waiting',
  on_hold: 'needs_you',
  rejected: 'ended',
  authorized: 'in_motion',
  awaiting_payment: 'waiting',
  captured: 'in_motion',
  arrived: 'in_motion',
  withdrawn: 'needs_you',
  settled: 'in_motion',
  paid_out: 'done',
  refunded: 'ended',
  cancelled: 'ended',
  expired: 'ended',
  failed: 'needs_you',
  undone: 'ended',
} as const satisfies Record<PaymentStatus, string>

export const PAYMENT_ACTIONS = [
  'capture',
  'report_shipment',
  'plan_shipping',
  'correct',
  'change_amount',
  'reregister',
  'reissue',
  'reauthorize',
  'cancel',
  'refund',
] as const
export type PaymentAction = (typeof PAYMENT_ACTIONS)[number]

/** What the table needs to know of a payment. Amounts in yen. */
export type PaymentFacts = {
  readonly method: string
  readonly status: PaymentStatus
  readonly amountYen: number
  readonly capturedYen: number
  readonly refundedYen: number
  /** NP: the day the shipment report was accepted: the claim is Net Protections' and changes are closed. */
  readonly shippedOn: BusinessDate | null
  /** NP: the customer has paid Net Protections; convenience store: anything was deposited. */
  readonly customerPaid: boolean
  readonly paidOut: boolean
  /** NP: an earlier approval or hold keeps the customer's limit reserved. */
  readonly creditHeld: boolean
  /** NP, by contract: a return after the replacement payment is taken off a later statement, or refused (E0100131): [assumed]. */
  readonly returnAfterPayout: 'offset' | 'refuse'
  /** Last day on which the provider takes a capture or a refund; null where it sets none. */
  readonly captureUntil: BusinessDate | null
  readonly refundUntil: BusinessDate | null
  /** A later claim of the order took this one's place. */
  readonly replaced: boolean
  /** An operation that has not ended yet. */
  readonly inFlight: string | null
  /** A past sale from a file: no provider is asked about it. */
  readonly imported?: boolean
}

export type Rule = (facts: PaymentFacts, today: BusinessDate) => Verdict
export type MethodRules = Readonly<Record<PaymentAction, Rule>>

const ENDED: readonly PaymentStatus[] = ['rejected', 'refunded', 'cancelled', 'expired', 'failed']

/** SBPS section 2.6: capture until the end of the third month after authorization, cancel before it, refund after it. */
const CARD: MethodRules = {
  capture(facts, today) {
    if (ENDED.includes(facts.status)) return no('payment_ended')
    if (facts.capturedYen > 0) return no('already_captured', 'refund')
    if (facts.status !== 'authorized') return no('not_authorized_yet')
    if (facts.captureUntil !== null && today > facts.captureUntil) return no('capture_period_over', 'cancel')
    return yes(facts.amountYen)
  },
  cancel(facts) {
    if (ENDED.includes(facts.status)) return no('payment_ended')
    if (facts.capturedYen > 0) return no('already_captured', 'refund')
    if (facts.status !== 'authorized') return no('not_authorized_yet')
    return yes()
  },
  refund(facts, today) {
    if (ENDED.includes(facts.status)) return no('payment_ended')
    if (facts.capturedYen === 0) return no('not_captured_yet', 'cancel')
    if (facts.refundedYen >= facts.capturedYen) return no('nothing_left_to_refund')
    if (facts.refundUntil !== null && today > facts.refundUntil) return no('refund_period_over')
    return yes(facts.capturedYen - facts.refundedYen)
  },
  /** Again on the same card, before the authorization lapses or for another amount; the old one is voided afterwards. */
  reauthorize(facts) {
    if (ENDED.includes(facts.status)) return no('payment_ended')
    if (facts.capturedYen > 0) return no('already_captured')
    if (facts.status !== 'authorized') return no('not_authorized_yet')
    return facts.replaced ? no('replaced_already', 'cancel') : yes()
  },
  reissue: () => no('method_has_no_slip'),
  change_amount: () => no('method_has_no_amount_change', 'reauthorize'),
  correct: () => no('method_has_no_correction'),
  reregister: () => no('method_has_no_reregistration'),
  report_shipment: () => no('method_has_no_shipment', 'capture'),
  plan_shipping: () => no('method_has_no_shipment'),
}

/** From a slip that can be paid, and from one that ended without a yen. */
const REISSUED_FROM: readonly PaymentStatus[] = ['awaiting_payment', 'expired', 'cancelled', 'failed']

/** SBPS section 3: automatic sales only; the billing cancel works only before a deposit; refunds are the merchant's own. */
const CONVENIENCE_STORE: MethodRules = {
  capture: () => no('method_has_no_capture'),
  cancel(facts) {
    if (ENDED.includes(facts.status)) return no('payment_ended')
    if (facts.customerPaid) return no('deposit_received')
    if (facts.status !== 'awaiting_payment') return no('not_authorized_yet')
    return yes()
  },
  refund: () => no('method_has_no_refund'),
  /** Another amount is another slip; the old one is cancelled first, so that never two can be paid. */
  change_amount(facts) {
    if (ENDED.includes(facts.status)) return no('payment_ended', 'reissue')
    if (facts.customerPaid) return no('deposit_received')
    if (facts.status !== 'awaiting_payment') return no('not_authorized_yet')
    return facts.replaced ? no('replaced_already', 'cancel') : yes()
  },
  reissue(facts) {
    if (facts.customerPaid) return no('deposit_received')
    if (facts.replaced) return no('replaced_already')
    return REISSUED_FROM.includes(facts.status) ? yes() : no('not_authorized_yet')
  },
  reauthorize: () => no('method_has_no_authorization', 'reissue'),
  correct: () => no('method_has_no_correction', 'cancel'),
  reregister: () => no('method_has_no_reregistration'),
  report_shipment: () => no('method_has_no_shipment'),
  plan_shipping: () => no('method_has_no_shipment'),
}

export const METHOD_RULES: Readonly<Record<Method, MethodRules>> = {
  np_postpaid: NP_POSTPAID,
  card: CARD,
  convenience_store: CONVENIENCE_STORE,
}

/** Whether this person may do this now, and if not why and what instead. `today` is a day in Tokyo. */
export function paymentCan(
  action: PaymentAction,
  facts: PaymentFacts,
  who: Holder & { readonly today: BusinessDate },
  rules: Readonly<Record<string, MethodRules>> = METHOD_RULES,
): Verdict {
  if (facts.imported === true) return no('brought_in')
  const ofMethod = rules[facts.method]
  const verdict = ofMethod?.[action](facts, who.today) ?? no('payment_ended')
  if (!verdict.allowed) {
    // Advice that cannot be taken now is none.
    const isPossible = verdict.instead !== null && ofMethod?.[verdict.instead](facts, who.today).allowed === true
    return isPossible ? verdict : no(verdict.reason)
  }
  if (!may(who, 'sales.act')) return no('role_forbids')
  if (facts.inFlight !== null) return no('operation_in_flight')
  return verdict
}

/** The actions a method knows at all: the others are not shown. */
export function actionsOf(method: string): readonly PaymentAction[] {
  return METHOD_ACTIONS[method as Method] ?? []
}

const METHOD_ACTIONS: Readonly<Record<Method, readonly PaymentAction[]>> = {
  np_postpaid: ['report_shipment', 'plan_shipping', 'correct', 'change_amount', 'reregister', 'cancel', 'refund'],
  card: ['capture', 'reauthorize', 'cancel', 'refund'],
  convenience_store: ['reissue', 'change_amount', 'cancel'],
}
