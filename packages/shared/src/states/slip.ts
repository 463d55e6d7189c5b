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

/** What a number of a slip is called at its store's till (sbps-protocol 3). */
export const SLIP_NUMBERS = ['slip_number', 'slip_url', 'receipt_number', 'company_code', 'order_code'] as const
export type SlipNumber = (typeof SLIP_NUMBERS)[number]

const NAMES: Readonly<Record<string, readonly [SlipNumber, SlipNumber]>> = {
  '001': ['slip_number', 'slip_url'],
  '002': ['receipt_number', 'slip_url'],
  '005': ['receipt_number', 'slip_url'],
  '016': ['company_code', 'order_code'],
  '018': ['receipt_number', 'slip_url'],
}

/** Each number with its name; a store nobody has named shows slip numbers. */
export function numberNames(store: string, numbers: readonly string[]): ReadonlyArray<readonly [SlipNumber, string]> {
  return numbers.map((number, index) => [NAMES[store]?.[index === 0 ? 0 : 1] ?? 'slip_number', number])
}
