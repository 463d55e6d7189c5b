/**
 * 3DES-CBC as SBPS uses it: 24-byte key, 8-byte IV, no automatic padding, the text filled with spaces to whole blocks,
 * then base64. On the way back every byte up to 0x20 is dropped at the ends, which takes PKCS#7 padding and a whole
 * block of spaces as well; both are written by clients in the field.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { fromBase64, toBase64, trimBytes } from './bytes.ts'
import type { SbpsKeys } from './message.ts'

const BLOCK_BYTES = 8
const SPACE = 0x20

export function encryptToBase64(plain: Uint8Array, keys: SbpsKeys): string {
  if (plain.length === 0) return ''
  const padded = new Uint8Array(Math.ceil(plain.length / BLOCK_BYTES) * BLOCK_BYTES).fill(SPACE)
  padded.set(plain)
  const cipher = createCipheriv('des-ede3-cbc', keyOf(keys), ivBytes(keys)).setAutoPadding(false)
  return toBase64(Buffer.concat([cipher.update(padded), cipher.final()]))
}

/** Undefined when the text is not base64 of whole blocks. */
export function decryptFromBase64(text: string, keys: SbpsKeys): Uint8Array | undefined {
  const sealed = fromBase64(text)
  if (!sealed || sealed.length % BLOCK_BYTES !== 0) return undefined
  if (sealed.length === 0) return sealed
  const decipher = createDecipheriv('des-ede3-cbc', keyOf(keys), ivBytes(keys)).setAutoPadding(false)
  return trimBytes(Buffer.concat([decipher.update(sealed), decipher.final()]))
}

/** Making a key object costs more than sealing a leaf with it; merchants are few. */
const keyObjects = new Map<string, KeyObject>()
const MAX_KEPT_KEYS = 1_000

function keyOf(keys: SbpsKeys): KeyObject {
  const kept = keyObjects.get(keys.tripleDesKey)
  if (kept) return kept
  if (keyObjects.size >= MAX_KEPT_KEYS) keyObjects.clear()
  const made = createSecretKey(Buffer.from(keys.tripleDesKey, 'latin1'))
  keyObjects.set(keys.tripleDesKey, made)
  return made
}

function ivBytes(keys: SbpsKeys): Buffer {
  return Buffer.from(keys.tripleDesIv, 'latin1')
}
