/** JSON over HTTP to a server that may be starting, restarting or busy: whatever is sent through here may safely be sent again. */
import { setTimeout as sleep } from 'node:timers/promises'

export type JsonClient = {
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
}

/** An answer that trying again would not change. */
export class RefusedCall extends Error {
  override name = 'RefusedCall'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export type ClientOptions = {
  /** How long a server may be away before the player gives up. */
  readonly patienceMs?: number
  /** Asked before each call; what it answers is sent along. */
  readonly headers?: () => Record<string, string>
  readonly onAnswer?: (answer: Response) => void
  readonly fetch?: typeof fetch
}

const CALL_TIMEOUT_MS = 60_000
const RETRYABLE = new Set([429, 502, 503, 504])

export function createJsonClient(baseUrl: string, options: ClientOptions = {}): JsonClient {
  const { patienceMs = 90_000, headers, onAnswer, fetch: call = fetch } = options

  async function send(method: string, path: string, body: unknown): Promise<unknown> {
    const giveUpAt = Date.now() + patienceMs
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      const outcome = await attempt(method, path, body)
      if ('value' in outcome) return outcome.value
      if (Date.now() + pauseMs > giveUpAt) throw new Error(`${method} ${path} did not come through: ${outcome.trouble}`)
      await sleep(pauseMs)
    }
  }

  async function attempt(
    method: string,
    path: string,
    body: unknown,
  ): Promise<{ value: unknown } | { trouble: string }> {
    const answer = await call(`${baseUrl}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers?.(),
      },
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => String(error instanceof Error ? (error.cause ?? error) : error))
    if (typeof answer === 'string') return { trouble: answer }
    const text = await answer.text().catch(() => undefined)
    if (text === undefined || RETRYABLE.has(answer.status)) return { trouble: `status ${answer.status}` }
    if (!answer.ok)
      throw new RefusedCall(answer.status, `${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`)
    onAnswer?.(answer)
    return { value: text === '' ? undefined : JSON.parse(text) }
  }

  return { get: (path) => send('GET', path, undefined), post: (path, body) => send('POST', path, body) }
}
