/** How the bill to an NP postpaid customer stands: derived from dates, so that a day passing needs no writing. */
export const INVOICE_STATES = ['waiting', 'issued', 'reissued', 'overdue', 'paid', 'cancelled'] as const
export type InvoiceState = (typeof INVOICE_STATES)[number]

export const INVOICE_TONE = {
  waiting: 'waiting',
  issued: 'in_motion',
  reissued: 'in_motion',
  overdue: 'waiting',
  paid: 'done',
  cancelled: 'ended',
} as const satisfies Record<InvoiceState, string>

export const INVOICE_DELIVERIES = ['separate', 'bundled', 'electronic'] as const
export const PAID_PLACES = ['convenience_store', 'post_office', 'bank'] as const

/** What NP adds to a late bill, tax included, for each occurrence; the customer pays it to NP (np-postpaid 1.3). */
export const LATE_FEES: ReadonlyArray<{ readonly from: string; readonly yen: number }> = [
  { from: '2024-07-01', yen: 297 },
]
