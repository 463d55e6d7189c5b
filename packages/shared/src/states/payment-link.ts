/** Where a payment link stands. What the provider's notice said decides; what the browser brought back only informs. */
export const PAYMENT_LINK_STATES = [
  /** Made; nobody has looked. */
  'open',
  /** The customer has come to the page. */
  'opened',
  /** The order stands, the money is still to come: a slip to pay, an NP screening that is not over. */
  'ordered',
  'paid',
  /** The last try ended in a refusal; the customer may try again until the link ends. */
  'failed',
  'cancelled',
  'expired',
] as const
export type PaymentLinkState = (typeof PAYMENT_LINK_STATES)[number]

/** States in which the customer may still begin a purchase. */
export const LIVE_LINK_STATES = ['open', 'opened', 'failed'] as const satisfies readonly PaymentLinkState[]

export const PAYMENT_LINK_TONE = {
  open: 'waiting',
  opened: 'in_motion',
  ordered: 'in_motion',
  paid: 'done',
  failed: 'needs_you',
  cancelled: 'ended',
  expired: 'ended',
} as const satisfies Record<PaymentLinkState, string>

/** What happened to a link, in the order of its life. */
export const PAYMENT_LINK_EVENTS = [
  'created',
  'opened',
  'notice_accepted',
  'notice_refused',
  'returned',
  /** What stands here and what the provider holds may differ. */
  'doubted',
  /** The provider was asked about it. */
  'asked',
  'cancelled',
  'expired',
] as const
export type PaymentLinkEvent = (typeof PAYMENT_LINK_EVENTS)[number]
