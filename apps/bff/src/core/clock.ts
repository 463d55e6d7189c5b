/** Time is passed in, so that a test can stand on any day. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is told to move. */
export function fixedClock(instant: Date): Clock & { moveTo(instant: Date): void } {
  let current = instant
  return {
    now: () => current,
    moveTo: (next) => {
      current = next
    },
  }
}
