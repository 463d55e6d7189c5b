import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Log } from '../core/log.ts'
import type { HonoEnv } from './hono-env.ts'

/** Names each request, in its logs, its answer's header and its error body. An id from outside is not taken over. */
export function requestId(log: Log): MiddlewareHandler<HonoEnv> {
  return async (c, next) => {
    const id = randomBytes(9).toString('base64url')
    c.set('requestId', id)
    c.set('log', log.child({ requestId: id }))
    await next()
    c.header('X-Request-Id', id)
  }
}
