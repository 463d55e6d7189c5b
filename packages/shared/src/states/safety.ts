/** What stands between a person's order and the provider: ceilings, a second person, and a while in which it can be taken back. */
import type { PaymentAction, PaymentFacts } from './payment.ts'

export const HOLDABLE_ACTIONS = [
  'cancel',
  'refund',
  'change_amount',
  'capture',
  'report_shipment',
  'reissue',
  'reauthorize',
] as const satisfies readonly PaymentAction[]
export type HoldableAction = (typeof HOLDABLE_ACTIONS)[number]

/** What a merchant settled, as it is for one person. Amounts in yen. */
export type SafetyRules = {
  /** The most this person's role may give up at once by one action; null for no ceiling. */
  readonly ceilingYen: number | null
  /** From this amount on another person must agree; null where none is asked. */
  readonly secondPersonFromYen: number | null
  readonly holdSeconds: number
  readonly holdActions: readonly HoldableAction[]
}

export const NO_RULES: SafetyRules = {
  ceilingYen: null,
  secondPersonFromYen: null,
  holdSeconds: 0,
  holdActions: [],
}

/** `refuse`: above the ceiling, and nobody else can be asked. `ask`: another person must agree. `hold`: sent after a while. */
export type SafetyVerdict = 'send' | 'hold' | 'ask' | 'refuse'

type Money = Pick<PaymentFacts, 'amountYen' | 'capturedYen' | 'refundedYen'>

/**
 * What the shop gives up by an action, in yen: what it refunds, the claim it cancels, what an amount falls by. Zero for
 * what gives up nothing. `amountYen` is the action's own amount where it has one.
 */
export function givenUpYen(action: PaymentAction, payment: Money, amountYen: number | null): number {
  const left = Math.max(0, (payment.capturedYen || payment.amountYen) - payment.refundedYen)
  switch (action) {
    case 'refund':
      return amountYen ?? left
    case 'cancel':
      return left
    case 'change_amount':
    case 'reauthorize':
    case 'reissue':
    case 'correct':
    case 'reregister':
      return amountYen === null ? 0 : Math.max(0, payment.amountYen - amountYen)
    case 'capture':
      // What is not captured of an authorization is released and cannot be captured later.
      return amountYen === null ? 0 : Math.max(0, payment.amountYen - amountYen)
    case 'report_shipment':
    case 'plan_shipping':
      return 0
  }
}

/** Whoever may not give up that much asks somebody who may, where the merchant has said that this is how it is done. */
export function safetyVerdict(rules: SafetyRules, action: PaymentAction, givesUpYen: number): SafetyVerdict {
  const { ceilingYen, secondPersonFromYen, holdSeconds, holdActions } = rules
  const isAbove = ceilingYen !== null && givesUpYen > ceilingYen
  if (isAbove) return secondPersonFromYen === null ? 'refuse' : 'ask'
  if (secondPersonFromYen !== null && givesUpYen > 0 && givesUpYen >= secondPersonFromYen) return 'ask'
  return holdSeconds > 0 && holdActions.some((each) => each === action) ? 'hold' : 'send'
}
