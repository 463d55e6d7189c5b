/** Where we may call. A live merchant's events go over TLS to an address of the open net; a sandbox may listen anywhere. */
import { isIP } from 'node:net'
import { AppError } from '../../core/app-error.ts'

export type Environment = 'live' | 'sandbox'

/** @throws AppError webhook.address with `details.reason`: scheme, credentials, private */
export function checkAddress(url: string, environment: Environment): void {
  const { protocol, hostname, username, password } = new URL(url)
  if (protocol !== 'https:' && !(environment === 'sandbox' && protocol === 'http:')) throw refused('scheme')
  if (username !== '' || password !== '') throw refused('credentials')
  if (environment === 'live' && isPrivate(hostname)) throw refused('private')
}

function refused(reason: string): AppError {
  return new AppError('webhook.address', { reason })
}

/** RFC 1918, 6598, 3927, 4193, 4291 and names without a dot. */
export function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (isIP(host) === 6) return /^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host)
  if (isIP(host) === 4)
    return /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
      host,
    )
  return !host.includes('.') || host.endsWith('.localhost') || host.endsWith('.local') || host.endsWith('.internal')
}
