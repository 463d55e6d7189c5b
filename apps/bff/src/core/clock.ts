/** Time is passed in, so that a test can stand on any day. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
