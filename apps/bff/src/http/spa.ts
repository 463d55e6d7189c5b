import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../core/app-error.ts'
import type { App, HonoEnv } from './hono-env.ts'

const RESERVED = /^\/(api|notices|pay|healthz|readyz|metrics)(\/|$)/
const NOT_BUILT = 'The console has not been built. Run `npm start`, or `pnpm --filter @choba/web build`.\n'

/** Vite names these files by their content. */
const FOR_EVER = 'public, max-age=31536000, immutable'

type Files = { readonly file: MiddlewareHandler<HonoEnv>; readonly page: MiddlewareHandler<HonoEnv> }

/** Serves the built console: hashed files for ever, and its page for every address the console routes itself. */
export function mountSpa(app: App, folder: string): void {
  let files: Files | undefined
  app.get('*', async (c) => {
    if (RESERVED.test(c.req.path)) throw new AppError('route.not_found')
    if (!existsSync(join(folder, 'index.html'))) return c.text(NOT_BUILT, 404)
    files ??= serve(folder)
    const response = (await found(files.file, c)) ?? (await findPage(files.page, c))
    response.headers.set('Cache-Control', c.req.path.startsWith('/assets/') ? FOR_EVER : 'no-cache')
    return response
  })
}

function serve(root: string): Files {
  return {
    file: serveStatic<HonoEnv>({ root, precompressed: true }),
    page: serveStatic<HonoEnv>({ root, path: 'index.html', precompressed: true }),
  }
}

/** A page from before an upgrade asks for files that are gone: it must hear so, not receive HTML as a script. */
async function findPage(page: MiddlewareHandler<HonoEnv>, c: Context<HonoEnv>): Promise<Response> {
  const response = c.req.path.startsWith('/assets/') ? undefined : await found(page, c)
  if (!response) throw new AppError('route.not_found')
  return response
}

async function found(handler: MiddlewareHandler<HonoEnv>, c: Context<HonoEnv>): Promise<Response | undefined> {
  return (await handler(c, () => Promise.resolve())) ?? undefined
}
