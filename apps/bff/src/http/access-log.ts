import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { HonoEnv } from './hono-env.ts'

export type RequestFacts = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly seconds: number
}

const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** One line per request, and one observation for the metrics. Paths and queries stay out: people search for names. */
export function accessLog(observe: (facts: RequestFacts) => void): MiddlewareHandler<HonoEnv> {
  return async (c, next) => {
    const startedAt = performance.now()
    await next()
    const seconds = (performance.now() - startedAt) / 1000
    const facts = {
      method: KNOWN_METHODS.includes(c.req.method) ? c.req.method : 'OTHER',
      route: matchedRoute(c),
      status: c.res.status,
      seconds,
    }
    observe(facts)
    const level =
      facts.status >= 500 ? 'error' : facts.route.startsWith('/api') || facts.status >= 400 ? 'info' : 'debug'
    c.get('log')[level]({ ...facts, seconds: Number(seconds.toFixed(4)), userId: c.get('session')?.userId }, 'request')
  }
}

/** The pattern of the route that answered: few values, whatever the address was. Middleware stands at wildcards. */
function matchedRoute(c: Context<HonoEnv>): string {
  return matchedRoutes(c).find(({ path }) => !path.includes('*'))?.path ?? '*'
}
