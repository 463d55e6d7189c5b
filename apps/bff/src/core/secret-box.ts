/** Seals provider secrets at rest (AES-256-GCM), with keys that are derived from CHOBA_SECRET and never stored. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export type SecretBox = {
  /** `context` names what the secret belongs to; a box moved elsewhere does not open. */
  seal(plain: string, context: string): string
  /** @throws when the box was sealed with another key or context, or was changed. */
  open(box: string, context: string): string
}

/** The first field of a box; a new derivation gets a new one, and old boxes stay readable beside it. */
const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

export function secretBox(secret: string): SecretBox {
  const key = deriveKey(secret, 'secret-box:v1')
  return {
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${VERSION}.${sealed.toString('base64url')}`
    },
    open(box, context) {
      const [version, body] = box.split('.')
      if (version !== VERSION || body === undefined) throw new Error('a secret box of an unknown version')
      const bytes = Buffer.from(body, 'base64url')
      if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('a secret box that is cut short')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
    },
  }
}

/** What a connection's secrets are bound to. */
export function connectionContext(merchantId: string, connectionId: string): string {
  return `connection:${merchantId}:${connectionId}`
}

/** What the password of a mail server is bound to. */
export function mailContext(merchantId: string): string {
  return `mail:${merchantId}`
}

/** One key per purpose, so that none reveals another. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'choba', purpose, 32))
}
