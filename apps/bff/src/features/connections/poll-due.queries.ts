/**
 * How often NP is asked about one payment: the older what is waited for, the seldomer. Nothing is kept for it but when
 * the connection was last asked: a payment is due when a multiple of its pause has passed since.
 */
import { type RawBuilder, sql } from 'kysely'

type Pause = { readonly untilHours: number; readonly minutes: number }

const LATER = Number.MAX_SAFE_INTEGER

/** By status; the first line whose age is not passed. Zero asks at each round. Assumed: NP names no rate. */
export const PAUSES: Readonly<Record<string, readonly Pause[]>> = {
  // Most reviews end within minutes (np-postpaid 1.1).
  in_review: [
    { untilHours: 1, minutes: 0 },
    { untilHours: 24, minutes: 10 },
    { untilHours: LATER, minutes: 60 },
  ],
  on_hold: [
    { untilHours: 24, minutes: 15 },
    { untilHours: LATER, minutes: 240 },
  ],
  authorized: [{ untilHours: LATER, minutes: 240 }],
  // The invoice on the next business day, the arrival within days.
  captured: [
    { untilHours: 5 * 24, minutes: 15 },
    { untilHours: 30 * 24, minutes: 60 },
    { untilHours: LATER, minutes: 240 },
  ],
  arrived: [
    { untilHours: 30 * 24, minutes: 60 },
    { untilHours: LATER, minutes: 240 },
  ],
  settled: [{ untilHours: LATER, minutes: 240 }],
  paid_out: [{ untilHours: LATER, minutes: 360 }],
}

export type Round = {
  /** By the provider's clock. */
  readonly now: Date
  /** The round before this one; null asks about everything. */
  readonly askedAt: Date | null
}

/** `status` and `since` are columns: what a payment waits for, and from when on. */
export function isDue(
  status: RawBuilder<unknown>,
  since: RawBuilder<unknown>,
  { now, askedAt }: Round,
): RawBuilder<boolean> {
  if (askedAt === null) return sql<boolean>`true`
  const age = sql`extract(epoch from ${now.toISOString()}::timestamptz - ${since})`
  const ageBefore = sql`extract(epoch from ${askedAt.toISOString()}::timestamptz - ${since})`
  const cases = Object.entries(PAUSES).flatMap(([ofStatus, pauses]) =>
    pauses.map(
      ({ untilHours, minutes }) =>
        sql`when ${status} = ${ofStatus} and ${age} < ${untilHours * 3600}::double precision then ${minutes * 60}::double precision`,
    ),
  )
  const pause = sql`(case ${sql.join(cases, sql` `)} else 0 end)`
  return sql<boolean>`(${since} is null or ${pause} = 0 or floor(${age} / nullif(${pause}, 0)) > floor(${ageBefore} / nullif(${pause}, 0)))`
}

const LONGEST_PAUSE_MS = 30 * 60_000

/** After so many failures in a row: twice as long each time, half an hour at most. */
export function pauseAfter(failures: number, pollMs: number): number {
  return failures === 0 ? pollMs : Math.min(pollMs * 2 ** Math.min(failures, 20), Math.max(pollMs, LONGEST_PAUSE_MS))
}
