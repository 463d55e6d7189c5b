/** Chance that repeats itself: the same seed gives the same choices on every machine. */
export type Random = {
  /** 0 … n − 1. */
  below(n: number): number
  pick<T>(values: readonly T[]): T
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean
}

/** The generator called mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    below: (n) => next() % n,
    pick: (values) => values[next() % values.length] as (typeof values)[number],
    chance: (percent) => next() % 100 < percent,
  }
}
