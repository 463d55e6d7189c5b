/** Chance that depends on ids and a seed alone: never on the order of calls or on the time of day. */
import { createHash } from 'node:crypto'

export type SeedPart = string | number

/** A number in [0, 1) drawn from the parts. */
export function chance(...parts: SeedPart[]): number {
  return digest(parts).readUIntBE(0, 6) / 2 ** 48
}

/** A whole number in [from, to]. */
export function integerBetween(from: number, to: number, ...parts: SeedPart[]): number {
  return from + Math.floor(chance(...parts) * (to - from + 1))
}

/** @throws RangeError when the list is empty. */
export function pick<T>(list: readonly T[], ...parts: SeedPart[]): T {
  if (list.length === 0) throw new RangeError('nothing to pick from')
  return list[integerBetween(0, list.length - 1, ...parts)]!
}

/** Upper-case hex digits drawn from the parts, as many as asked for. */
export function hexDigits(length: number, ...parts: SeedPart[]): string {
  let hex = ''
  for (let block = 0; hex.length < length; block += 1) hex += digest([...parts, block]).toString('hex')
  return hex.slice(0, length).toUpperCase()
}

function digest(parts: readonly SeedPart[]): Buffer {
  return createHash('sha256').update(parts.join('\u001f')).digest()
}
