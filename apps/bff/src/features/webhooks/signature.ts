/** How the receiver knows that a delivery is ours, whole and of now. */
import { createHmac, randomBytes } from 'node:crypto'

const MARK = 'whsec_'
const SECRET_BYTES = 32

export function makeSecret(): string {
  return `${MARK}${randomBytes(SECRET_BYTES).toString('base64url')}`
}

/** `t` are seconds since 1970; `v1` is the HMAC-SHA-256 of `t`, a full stop and the body, in hex. */
export function sign(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${mac}`
}

/** What a webhook's secret is bound to in the secret box. */
export function webhookContext(merchantId: string, webhookId: string): string {
  return `webhook:${merchantId}:${webhookId}`
}
