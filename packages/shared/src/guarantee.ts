/** What endangers the guaranteed replacement payment, each with what to do about it, the most urgent first. */
export const GUARANTEE_RULES = [
  /** Cancelled for a smaller amount and not registered again: the goods are out and nothing guarantees them. */
  'withdrawn',
  /** A carrier's file named a slip for an order that is not approved. */
  'shipped_unapproved',
  /** The planned shipping day has come and the screening has not approved it. */
  'ship_day_passed',
  /** A change after the approval led to a hold or a rejection. */
  'approval_lost',
  /** Never reached NP: the data was refused. */
  'not_registered',
  'approval_lapsed',
  'approval_lapses_soon',
  /** Approved and not reported for some days, or beyond the planned shipping day. */
  'unreported',
  /** A hold keeps the customer's limit reserved until it is cancelled. */
  'hold_kept',
  'slip_malformed',
  'carrier_not_contracted',
  'arrival_missing',
  'dispute_open',
  /** Arrived, and the closing that should have taken it has passed. */
  'statement_missing',
] as const
export type GuaranteeRule = (typeof GUARANTEE_RULES)[number]

/** Where the remedy is done. */
export const GUARANTEE_REMEDY = {
  withdrawn: 'payment',
  shipped_unapproved: 'rescue',
  ship_day_passed: 'rescue',
  approval_lost: 'rescue',
  not_registered: 'rescue',
  approval_lapsed: 'rescue',
  approval_lapses_soon: 'shipments',
  unreported: 'shipments',
  hold_kept: 'rescue',
  slip_malformed: 'payment',
  carrier_not_contracted: 'payment',
  arrival_missing: 'payment',
  dispute_open: 'payment',
  statement_missing: 'payment',
} as const satisfies Record<GuaranteeRule, 'payment' | 'rescue' | 'shipments'>

/** Days after which something is worth a look. All of them are [assumed] and can be changed by contract. */
export type RadarDays = {
  /** Approved and not reported. */
  readonly unreported: number
  /** Reported and no arrival. */
  readonly arrival: number
  /** On hold. */
  readonly hold: number
  /** Before an approval lapses. */
  readonly lapse: number
  /** After a closing until its statement must be there. */
  readonly statement: number
}
export const RADAR_DAYS: RadarDays = { unreported: 7, arrival: 7, hold: 3, lapse: 14, statement: 3 }
