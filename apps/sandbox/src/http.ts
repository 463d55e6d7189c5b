/** Small things every part of the provider's HTTP side shares. */
import type { Context } from 'hono'

/** Bigger bodies are refused before they are read. */
export const MAX_BODY_BYTES = 2_000_000

/** Longer than the 30 s that Net Protections recommends as a client's time-out, and than common SBPS clients wait. */
export const HELD_ANSWER_MS = 36_000

export const FAULTS = ['timeout', 'drop', 'error500'] as const
export type Fault = (typeof FAULTS)[number]

/** Trouble that a person asks for by an address such as `timeout+hanako@example.jp`. */
export function faultOf(email: string | undefined): Fault | undefined {
  const match = /^(timeout|drop|error500)\+/i.exec(email ?? '')
  return match ? (match[1]!.toLowerCase() as Fault) : undefined
}

/** Lets an answer suffer its fault. `error500` is answered before processing and so does not come here. */
export async function sufferFault(c: Context, fault: Fault | undefined, answer: Response): Promise<Response> {
  if (fault === 'timeout') await new Promise((resolve) => setTimeout(resolve, HELD_ANSWER_MS).unref())
  if (fault === 'drop') outgoingOf(c)?.destroy()
  return answer
}

/** The Node response under the request; absent when the app is called without a socket, as in unit tests. */
function outgoingOf(c: Context): { destroy(): void } | undefined {
  return (c.env as { outgoing?: { destroy(): void } } | undefined)?.outgoing
}

/** User and password of a Basic header, or undefined when there is none that can be read. */
export function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const match = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header ?? '')
  if (!match) return undefined
  const text = Buffer.from(match[1]!, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
