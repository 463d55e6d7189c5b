import { createHash } from 'node:crypto'

/** JSON with sorted keys and without undefined: the same value always gives the same bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export type EventContent = {
  readonly merchantId: string
  readonly paymentId: string
  readonly sequence: number
  readonly type: string
  readonly at: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly messageId: string | null
  readonly operationId: string | null
  readonly data: unknown
}

/** What the chain binds of an event: all of it but the instant it was written down. */
export function contentHash(content: EventContent): Buffer {
  return createHash('sha256').update(canonicalJson(content)).digest()
}

/** The first link of a merchant's chain. */
export function genesisHash(merchantId: string): Buffer {
  return createHash('sha256').update(merchantId).digest()
}

export function nextHash(previous: Uint8Array, content: Uint8Array): Buffer {
  return createHash('sha256').update(previous).update(content).digest()
}
