/** Results of NP's screening, and how NP writes them (np-postpaid section 0, fact 1). */
export const SCREENING_RESULTS = ['approved', 'on_hold', 'rejected', 'in_review', 'refused'] as const
export type ScreeningResult = (typeof SCREENING_RESULTS)[number]

/** The code of the wire; a registration that was refused as invalid has none. */
export const SCREENING_WIRE_CODE: Readonly<Record<ScreeningResult, string | null>> = {
  approved: '00',
  on_hold: '10',
  rejected: '20',
  in_review: '40',
  refused: null,
}

export const SCREENING_TONE = {
  approved: 'done',
  on_hold: 'needs_you',
  rejected: 'ended',
  in_review: 'waiting',
  refused: 'needs_you',
} as const satisfies Record<ScreeningResult, string>

/** What stands in the rescue queue, in the order of its tabs. */
export const RESCUE_KINDS = ['on_hold', 'rejected', 'failed', 'long_review', 'lapsing', 'lapsed'] as const
export type RescueKind = (typeof RESCUE_KINDS)[number]

/** An approval that lapses within so many days is a task. */
export const LAPSING_DAYS = 14
/** A review is long after so many hours: most end within minutes (np-postpaid 1.1). A setting of the connection, this unless it says otherwise: assumed. */
export const LONG_REVIEW_HOURS = 3
