import { AsyncLocalStorage } from 'node:async_hooks'

/** Where a request came from, for the audit log. A job has none. */
export type RequestOrigin = {
  readonly requestId: string
  readonly ip: string
  readonly userAgent: string | null
}

const USER_AGENT_CHARACTERS = 300
const origins = new AsyncLocalStorage<RequestOrigin>()

/** Runs `work` as part of the request: whatever it audits says where the request came from. */
export function withOrigin<T>(origin: RequestOrigin, work: () => T): T {
  const userAgent = origin.userAgent === null ? null : storableAgent(origin.userAgent)
  return origins.run({ ...origin, userAgent }, work)
}

export function requestOrigin(): RequestOrigin | undefined {
  return origins.getStore()
}

/** A header is the sender's to choose: cut to a length, and without what a text column refuses. */
function storableAgent(text: string): string {
  return text.replaceAll('\0', '').slice(0, USER_AGENT_CHARACTERS).toWellFormed()
}
