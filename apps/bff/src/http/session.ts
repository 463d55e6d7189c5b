import type { MiddlewareHandler } from 'hono'
import type { Session } from '../core/session.ts'
import { withShops } from '../db/shop-scope.ts'
import type { HonoEnv } from './hono-env.ts'

export type ResolvedSession = {
  readonly session: Session
  /** Cookies to set when the session was renewed. */
  readonly cookies: readonly string[]
}

export type ResolveSession = (headers: Headers) => Promise<ResolvedSession | undefined>

/** Knows the caller, or leaves the session undefined: the route decides whether that is enough. */
export function withSession(resolve: ResolveSession): MiddlewareHandler<HonoEnv> {
  return async (c, next) => {
    const found = await resolve(c.req.raw.headers)
    c.set('session', found?.session)
    await withShops(found?.session.shops ?? 'all', next)
    for (const cookie of found?.cookies ?? []) c.header('Set-Cookie', cookie, { append: true })
  }
}
