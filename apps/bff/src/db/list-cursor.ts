/** A place in a sorted list as an opaque text in a URL: the order it belongs to, then the values that stand there. */
import { AppError } from '../core/app-error.ts'

export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/
/** As {@link instantText} writes an instant, to the microsecond. */
export const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/
export const NUMBER_PATTERN = /^\d{1,15}$/

/** A JavaScript date would cut what the database compares. */
export function instantText(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

export function encodePlace(order: string, values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([order, ...values.map(String)])).toString('base64url')
}

/** @throws AppError request.invalid when the cursor was not made by {@link encodePlace} for this order and these patterns. */
export function decodePlace(order: string, cursor: string, patterns: readonly RegExp[]): string[] {
  const [ofOrder, ...values] = parse(cursor)
  const fits =
    ofOrder === order &&
    values.length === patterns.length &&
    patterns.every((pattern, index) => pattern.test(String(values[index])))
  if (fits) return values.map(String)
  throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
}

function parse(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return [] // not JSON: the same mistake as a cursor of the wrong shape
  }
}
