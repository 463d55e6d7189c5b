/** Composes the pretend providers and the console into one HTTP app. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { mountConsole } from './console/console.ts'
import type { Deps } from './deps.ts'
import { MAX_BODY_BYTES } from './http.ts'
import { mountSbps } from './sbps/sbps.ts'
import { mountNp } from './np/api.ts'

export function createApp(deps: Deps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    // A client learns the provider's day from this header.
    c.res.headers.set('Date', deps.clock.now().toUTCString())
  })
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json({ error: 'the body is too big' }, 413) }))
  mountConsole(app, deps)
  mountSbps(app, deps)
  mountNp(app, deps)
  app.notFound((c) => c.json({ error: 'there is nothing at this address' }, 404))
  app.onError((error, c) => {
    console.error(error)
    return c.json({ error: 'the sandbox itself failed; see its log' }, 500)
  })
  return app
}
