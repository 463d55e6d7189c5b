import { randomBytes } from 'node:crypto'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a database would take it for an id. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const COUNTER_MAX = 0xfff
let lastMs = 0
let counter = 0

/**
 * A time-ordered id (UUID version 7, RFC 9562): rows made together lie together in every index, and ids made one after
 * the other in this process sort in that order, also within a millisecond.
 */
export function uuidv7(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now
    counter = 0
  } else if (counter < COUNTER_MAX) counter += 1
  else {
    lastMs += 1
    counter = 0
  }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
