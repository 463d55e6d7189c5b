/** Leaves between text and wire: plain ASCII, base64 of Shift_JIS (type M), or 3DES; encrypted M is not base64 twice. */
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import { fromBase64, toBase64, trimBytes } from './bytes.ts'
import { type SbpsKeys, type Unreadable, unreadable, type Unwritable } from './message.ts'
import { isMultiByte } from './tags.ts'
import { decryptFromBase64, encryptToBase64 } from './triple-des.ts'
import type { XmlElement } from './xml.ts'

/** `bytes` are what the checksum is made of: the received ones, trimmed. */
export type Leaf = { readonly text: string; readonly bytes: Uint8Array }

/** The groups whose leaves are encrypted when encryption is on. */
export const ENCRYPTED_GROUPS: ReadonlySet<string> = new Set(['pay_method_info', 'res_pay_method_info'])

export function readLeaf(element: XmlElement, encryptedWith: SbpsKeys | undefined): Leaf | Unreadable {
  const raw = rawBytes(element, encryptedWith)
  if (!(raw instanceof Uint8Array)) return raw
  const bytes = trimBytes(raw)
  const text = decodeCp932(bytes)
  return text === undefined ? unreadable('text', element.tag) : { text, bytes }
}

function rawBytes(element: XmlElement, encryptedWith: SbpsKeys | undefined): Uint8Array | Unreadable {
  if (encryptedWith) return decryptFromBase64(element.text, encryptedWith) ?? unreadable('cipher', element.tag)
  if (isMultiByte(element.tag)) return fromBase64(element.text) ?? unreadable('base64', element.tag)
  const { bytes, unmappable } = encodeCp932(element.text)
  return unmappable.length > 0 ? unreadable('text', element.tag) : bytes
}

export type WrittenLeaf = { readonly ok: true; readonly wire: string; readonly bytes: Uint8Array }

export function writeLeaf(tag: string, text: string, encryptWith: SbpsKeys | undefined): WrittenLeaf | Unwritable {
  const { bytes: encoded, unmappable } = encodeCp932(text)
  if (unmappable.length > 0) return { ok: false, reason: 'unmappable', tag, characters: unmappable }
  const bytes = trimBytes(encoded)
  if (encryptWith) return { ok: true, wire: encryptToBase64(bytes, encryptWith), bytes }
  if (isMultiByte(tag)) return { ok: true, wire: toBase64(bytes), bytes }
  // XML carries text: the folded spelling, so that the bytes on the wire are the bytes that were hashed.
  return { ok: true, wire: decodeCp932(bytes) ?? '', bytes }
}
