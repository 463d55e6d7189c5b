import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../core/app-error.ts'
import type { Session } from '../core/session.ts'
import { withSightOf } from '../core/personal-sight.ts'
import { withShops } from '../db/shop-scope.ts'
import type { HonoEnv } from './hono-env.ts'

export type ResolvedSession = {
  readonly session: Session
  /** Cookies to set when the session was renewed. */
  readonly cookies: readonly string[]
}

export type ResolveSession = (headers: Headers) => Promise<ResolvedSession | undefined>

export type AddressGate = (session: Session, c: Context<HonoEnv>) => Promise<boolean>

/**
 * Knows the caller, or leaves the session undefined: the route decides whether that is enough.
 * @throws AppError auth.address_refused when the merchant lets nobody in from there
 */
export function withSession(resolve: ResolveSession, isAllowed: AddressGate): MiddlewareHandler<HonoEnv> {
  return async (c, next) => {
    const found = await resolve(c.req.raw.headers)
    if (found && !(await isAllowed(found.session, c))) throw new AppError('auth.address_refused')
    c.set('session', found?.session)
    await withShops(found?.session.shops ?? 'all', () => withSightOf(found?.session, next))
    for (const cookie of found?.cookies ?? []) c.header('Set-Cookie', cookie, { append: true })
  }
}
