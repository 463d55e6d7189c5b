/** One HTTP exchange with a provider, told as what is known afterwards. */
export type Exchange =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly contentType: string
      readonly body: Uint8Array
      /** The provider's clock, from its Date header. */ readonly at: string
    }
  /** The request certainly did not arrive. */
  | { readonly kind: 'not_sent'; readonly cause: string }
  /** It may have arrived and been acted on. */
  | { readonly kind: 'no_answer'; readonly cause: string }

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  readonly timeoutMs: number
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export async function exchange(request: HttpRequest): Promise<Exchange> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'error',
      signal: AbortSignal.timeout(request.timeoutMs),
      // fetch takes bytes as well as text; only its lib.dom type is missing here.
      ...(request.body === undefined ? {} : { body: request.body as string }),
    })
    const body = new Uint8Array(await response.arrayBuffer())
    return {
      kind: 'answer',
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body,
      at: instantOf(response.headers.get('date')),
    }
  } catch (error) {
    const cause = codeOf(error)
    return NEVER_CONNECTED.has(cause) ? { kind: 'not_sent', cause } : { kind: 'no_answer', cause }
  }
}

/** A provider's day is its own: events happen when its clock says so. Without a Date header our clock stands in. */
function instantOf(header: string | null): string {
  const time = header === null ? Number.NaN : Date.parse(header)
  return new Date(Number.isNaN(time) ? Date.now() : time).toISOString()
}

function codeOf(error: unknown): string {
  if (error instanceof Error) {
    const cause = error.cause as { code?: unknown } | undefined
    if (typeof cause?.code === 'string') return cause.code
    return error.name
  }
  return 'unknown'
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** Runs a few at a time, in order of start. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (const item of queue) await run(item)
    }),
  )
}
