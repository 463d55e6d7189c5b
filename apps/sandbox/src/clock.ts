/** The provider's own clock: it runs with real time and can be moved ahead, never back. */
import type { Store } from './store.ts'

export type Clock = {
  now(): Date
  /**
   * Moves ahead and runs what falls due on the way. Returns how many tasks ran.
   * @throws RangeError when `instant` is before now or is no instant.
   */
  moveTo(instant: Date): number
  /** Starts again at an instant, also an earlier one. Only right after the memory was wiped. */
  startAt(instant: Date): void
  /** Lets now() stand still at an instant while a task of that instant runs. */
  standAt<R>(instant: Date, work: () => R): R
  /** The schedule's hook: runs everything due up to an instant. */
  onMove(run: (until: Date) => number): void
}

type ClockRow = { readonly offsetMs: number }

export function createClock(store: Store, realNow: () => number = Date.now): Clock {
  const rows = store.table<ClockRow>('clock')
  const runs: ((until: Date) => number)[] = []
  let standing: Date | undefined

  function now(): Date {
    return standing ?? new Date(realNow() + (rows.get('clock')?.offsetMs ?? 0))
  }

  function set(instant: Date): void {
    rows.put('clock', { offsetMs: instant.getTime() - realNow() })
  }

  return {
    now,
    moveTo(instant) {
      if (!(instant.getTime() >= now().getTime())) throw new RangeError('the clock only moves ahead')
      let ran = 0
      for (const run of runs) ran += run(instant)
      set(instant)
      return ran
    },
    startAt: set,
    standAt(instant, work) {
      const before = standing
      const ahead = instant.getTime() > now().getTime()
      standing = instant
      try {
        return store.transaction(() => {
          // Kept with the task's own changes, so that a process killed in the middle of a move does not step back.
          if (ahead) set(instant)
          return work()
        })
      } finally {
        standing = before
      }
    },
    onMove: (run) => void runs.push(run),
  }
}
