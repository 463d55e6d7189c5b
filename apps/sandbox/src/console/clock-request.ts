/** Reads what a client asks of the clock, as JSON or as the form on the pages. */
import { Malformed, numberOf, objectOf, textOf } from '../parse.ts'

const MAX_DAYS = 3_660
const DAY_MS = 86_400_000

/** @throws Malformed */
export function readClockTarget(body: unknown, now: Date): Date {
  const request = objectOf(body, 'the body')
  const names = Object.keys(request)
  if (names.length !== 1 || (names[0] !== 'advanceDays' && names[0] !== 'to')) {
    throw new Malformed('send either {"advanceDays": n} or {"to": "2026-12-01T00:00:00+09:00"}')
  }
  const target =
    'advanceDays' in request
      ? new Date(now.getTime() + numberOf(request['advanceDays'], 'advanceDays', 0, MAX_DAYS) * DAY_MS)
      : instantOf(request['to'], 'to')
  if (target.getTime() < now.getTime()) throw new Malformed('the clock only moves ahead')
  if (target.getTime() - now.getTime() > MAX_DAYS * DAY_MS)
    throw new Malformed(`not more than ${MAX_DAYS} days at once`)
  return target
}

/** @throws Malformed */
export function instantOf(value: unknown, at: string): Date {
  const text = textOf(value, at, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/)
  const instant = new Date(text)
  if (!Number.isFinite(instant.getTime())) throw new Malformed(`${at} is no instant`)
  return instant
}
