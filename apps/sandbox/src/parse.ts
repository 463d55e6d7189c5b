/** Reads JSON that came from outside, and says which field is wrong. */

/** A body or file that does not say what it should. The message names the field. */
export class Malformed extends Error {
  override name = 'Malformed'
}

export function objectOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed(`${at} must be an object`)
  return value as Record<string, unknown>
}

export function arrayOf<T>(value: unknown, at: string, read: (item: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw new Malformed(`${at} must be a list`)
  return value.map((item, index) => read(item, `${at}[${index}]`))
}

export function textOf(value: unknown, at: string, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value))
    throw new Malformed(`${at} must be text like ${pattern.source}`)
  return value
}

export function numberOf(value: unknown, at: string, from: number, to: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < from || value > to) {
    throw new Malformed(`${at} must be a whole number from ${from} to ${to}`)
  }
  return value
}

export function booleanOf(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw new Malformed(`${at} must be true or false`)
  return value
}

export function oneOf<const T extends string>(value: unknown, at: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new Malformed(`${at} must be one of ${choices.join(', ')}`)
  return found
}

export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value)
}
