import type { MiddlewareHandler } from 'hono'
import { withOrigin } from '../core/request-origin.ts'
import { clientIp } from './client-ip.ts'
import type { HonoEnv } from './hono-env.ts'

/** Whatever is done for a request and audited says from where: address, browser, and the id that its logs bear. */
export function rememberOrigin(behindProxy: boolean): MiddlewareHandler<HonoEnv> {
  return (c, next) =>
    withOrigin(
      {
        requestId: c.get('requestId'),
        ip: clientIp(c, behindProxy),
        userAgent: c.req.header('User-Agent') ?? null,
      },
      next,
    )
}
