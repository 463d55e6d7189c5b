/** Where we may call. A live merchant is served over TLS by an address of the open net; a sandbox may be anywhere. */
import { isIP } from 'node:net'

export type Environment = 'live' | 'sandbox'
export type AddressProblem = 'scheme' | 'credentials' | 'private'

/** What stands against calling the address; null when nothing does. */
export function addressProblem(url: string, environment: Environment): AddressProblem | null {
  const { protocol, hostname, username, password } = new URL(url)
  if (protocol !== 'https:' && !(environment === 'sandbox' && protocol === 'http:')) return 'scheme'
  if (username !== '' || password !== '') return 'credentials'
  return environment === 'live' && isPrivate(hostname) ? 'private' : null
}

/** RFC 1918, 6598, 3927, 4193, 4291 and names without a dot; a host as a URL or a resolver writes it. */
export function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (isIP(host) === 6) return /^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host)
  if (isIP(host) === 4)
    return /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
      host,
    )
  return !host.includes('.') || host.endsWith('.localhost') || host.endsWith('.local') || host.endsWith('.internal')
}
