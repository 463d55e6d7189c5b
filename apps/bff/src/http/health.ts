import type { App } from './hono-env.ts'

/** Resolves to what is missing, empty when requests can be served. */
export type CheckReady = () => Promise<readonly string[]>

const TIMEOUT_MS = 2_000

/** `/healthz`: the process answers. `/readyz`: it can also serve, so a balancer may send it work. */
export function mountHealth(app: App, checkReady: CheckReady): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const missing = await Promise.race([checkReady().catch(() => ['database']), timeout()])
    return missing.length === 0 ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', missing }, 503)
  })
}

function timeout(): Promise<readonly string[]> {
  return new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS, ['database']).unref())
}
