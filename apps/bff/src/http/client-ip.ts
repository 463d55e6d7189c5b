import { isIP } from 'node:net'
import type { Context } from 'hono'
import type { HonoEnv } from './hono-env.ts'

/**
 * The address a request came from. Behind the proxy that PUBLIC_URL declares it is the last entry of
 * X-Forwarded-For, the one that proxy added; without a proxy the header could say anything.
 */
export function clientIp(c: Context<HonoEnv>, behindProxy: boolean): string {
  const forwarded = behindProxy ? c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined
  if (forwarded && isIP(forwarded)) return forwarded
  return c.env?.incoming?.socket.remoteAddress ?? '0.0.0.0'
}
