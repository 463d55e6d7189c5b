/** Why a provider's news does not come, by what the network or the provider said. */
import type { PollFailure } from '@choba/shared/contracts/connections.ts'

const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

/** `cause` as the connectors tell it: a code of the network, `HTTP` and its status, or words of an answer that cannot be read. */
export function pollFailureOf(cause: string): PollFailure {
  // A TypeError is fetch's own: an address it will not call.
  if (NOT_REACHED.includes(cause) || cause === 'TypeError') return 'unreachable'
  if (cause === 'provider.unauthorized') return 'unauthorized'
  if (cause === 'internal') return 'internal'
  if (cause.startsWith('unreadable')) return 'unreadable'
  const [, status] = /^HTTP (\d{3})$/.exec(cause) ?? []
  if (status === undefined) return 'no_answer'
  if (status === '401' || status === '403') return 'unauthorized'
  return status.startsWith('5') || status === '429' ? 'unavailable' : 'refused'
}
