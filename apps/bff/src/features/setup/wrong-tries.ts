/** Wrong codes are counted for the whole server: there is one door, and whoever runs it knows the code. */
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'

const MOST_PER_MINUTE = 10
const MINUTE_MS = 60_000

export type WrongTries = {
  /** @throws AppError auth.too_many_attempts */
  check(): void
  add(): void
}

export function countWrongTries(clock: Clock): WrongTries {
  let times: number[] = []
  return {
    check() {
      const now = clock.now().getTime()
      times = times.filter((time) => now - time < MINUTE_MS)
      if (times.length >= MOST_PER_MINUTE) throw new AppError('auth.too_many_attempts', { retryAfterSeconds: 60 })
    },
    add() {
      times.push(clock.now().getTime())
    },
  }
}
