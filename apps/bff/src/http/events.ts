/** `GET /api/events`: the open page hears what changed in its merchant's books, as server-sent events. */
import { streamSSE } from 'hono/streaming'
import { authorize } from './mount.ts'
import type { ResolveSession } from './session.ts'
import type { App } from './hono-env.ts'

export type EventSource = {
  subscribe(subscriber: { merchantId: string; userId: string }): {
    next(timeoutMs: number): Promise<{ paymentIds: readonly string[]; more: boolean } | 'quiet' | undefined>
    close(): void
  }
}

/** Proxies close what stays silent for a minute or so; on each beat the session is looked at again. */
const HEARTBEAT_MS = 20_000
const RECONNECT_MS = 3_000

export function mountEvents(
  app: App,
  source: EventSource,
  resolve: ResolveSession,
  heartbeatMs: number = HEARTBEAT_MS,
): void {
  app.get('/api/events', (c) => {
    // Ids alone: what they stand for is told to whoever may read it.
    const { merchantId, userId } = authorize(c, null)
    const subscription = source.subscribe({ merchantId, userId })
    const headers = c.req.raw.headers
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => subscription.close())
      await stream.writeSSE({ event: 'hello', data: '{}', retry: RECONNECT_MS })
      let lookedAt = Date.now()
      for (;;) {
        const change = await subscription.next(heartbeatMs)
        if (change === undefined || stream.aborted) return
        if (Date.now() - lookedAt >= heartbeatMs) {
          if (!(await stillSignedIn(resolve, headers, userId))) return subscription.close()
          lookedAt = Date.now()
        }
        if (change === 'quiet') await stream.write(': beat\n\n')
        else await stream.writeSSE({ event: 'ledger', data: JSON.stringify(change) })
      }
    })
  })
}

/** A database that is away for a moment ends no stream. */
async function stillSignedIn(resolve: ResolveSession, headers: Headers, userId: string): Promise<boolean> {
  try {
    return (await resolve(headers))?.session.userId === userId
  } catch {
    return true
  }
}
