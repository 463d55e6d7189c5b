import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../core/app-error.ts'
import type { HonoEnv } from './hono-env.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses changes that another site's page asks for. A browser says where a request comes from (Sec-Fetch-Site,
 * Origin), and that must be us. A program says neither: it may call, but not with what an HTML form can send.
 * @throws AppError request.cross_site
 */
export function csrf(publicUrl: URL | null): MiddlewareHandler<HonoEnv> {
  return async (c, next) => {
    if (!SAFE_METHODS.includes(c.req.method) && !comesFromUs(c, publicUrl)) throw new AppError('request.cross_site')
    await next()
  }
}

function comesFromUs(c: Context<HonoEnv>, publicUrl: URL | null): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  const origin = c.req.header('Origin')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin !== undefined) return isOurs(origin, c.req.header('Host'), publicUrl)
  return site !== undefined || !isFormPost(c)
}

/** The scheme is not compared: a TLS proxy may stand in front without our knowing. */
function isOurs(origin: string, host: string | undefined, publicUrl: URL | null): boolean {
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === host || origin === publicUrl?.origin
}

function isFormPost(c: Context<HonoEnv>): boolean {
  const type = c.req.header('Content-Type')
  return type !== undefined && !/^application\/json\s*(;|$)/i.test(type)
}
