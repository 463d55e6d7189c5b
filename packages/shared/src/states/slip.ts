/** What a convenience-store slip has come to: by what was deposited on it, else by how it ended. */
export const SLIP_STATES = ['unpaid', 'part_paid', 'paid', 'overpaid', 'expired', 'cancelled'] as const
export type SlipState = (typeof SLIP_STATES)[number]

export const SLIP_TONE = {
  unpaid: 'waiting',
  part_paid: 'needs_you',
  paid: 'done',
  overpaid: 'needs_you',
  expired: 'ended',
  cancelled: 'ended',
} as const satisfies Record<SlipState, string>

/** What endangers money or a customer: a slip that can still be paid though nothing is owed, or one that was. */
export const SLIP_WARNINGS = ['order_live_elsewhere', 'owed_to_customer'] as const
export type SlipWarning = (typeof SLIP_WARNINGS)[number]
