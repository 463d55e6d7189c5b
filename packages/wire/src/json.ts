/** Reading JSON that somebody else wrote: nothing is assumed, every wrong shape has a name. */
import { parseBusinessDate, type BusinessDate } from '@choba/shared/dates.ts'

export type JsonObject = { readonly [key: string]: unknown }

/** What stands in a message that is not as agreed: where, and what was expected there. */
export type NpRefusal = { path: string; problem: string }
export type Decoded<T> = { ok: true; value: T } | { ok: false; refusal: NpRefusal }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Thrown inside a decoder and turned into a value by `decoding`; never leaves this package. */
class RefusedError extends Error {
  readonly refusal: NpRefusal
  constructor(refusal: NpRefusal) {
    super(`${refusal.path}: ${refusal.problem}`)
    this.refusal = refusal
  }
}

export function refuse(path: string, problem: string): never {
  throw new RefusedError({ path, problem })
}

export function decoding<T>(decode: () => T): Decoded<T> {
  try {
    return { ok: true, value: decode() }
  } catch (error) {
    if (error instanceof RefusedError) return { ok: false, refusal: error.refusal }
    throw error
  }
}

export function object(value: unknown, path: string): JsonObject {
  return isObject(value) ? value : refuse(path, 'not an object')
}

export function list(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(path, 'not a list')
}

export function text(value: unknown, path: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(path, 'not a non-empty string')
}

export function optionalText(value: unknown, path: string): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : text(value, path)
}

export function integer(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : refuse(path, 'not an integer')
}

export function day(value: unknown, path: string): BusinessDate {
  return (
    (typeof value === 'string' ? parseBusinessDate(value) : undefined) ?? refuse(path, 'not a day written YYYY-MM-DD')
  )
}

export function optionalDay(value: unknown, path: string): BusinessDate | undefined {
  return value === undefined || value === null || value === '' ? undefined : day(value, path)
}

/** An instant with its offset, as NP writes them (`2026-12-12T12:00:00+09:00`). */
export function optionalInstant(value: unknown, path: string): Date | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const shaped =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value)
  const instant = shaped ? new Date(value) : undefined
  return instant && !Number.isNaN(instant.getTime()) ? instant : refuse(path, 'not an instant with its offset')
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], path: string): T {
  return allowed.find((one) => one === value) ?? refuse(path, `not one of ${allowed.join(', ')}`)
}

/** Leaves out members that are undefined, so that an absent field is absent on the wire too. */
export function compact(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
