/**
 * The served side, a process of its own: the real application with its jobs, and beside it a bare Hono that answers a
 * constant and says how much memory this process holds.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { createApp, taskHandlers } from '../app.ts'
import { createDeps } from '../deps.ts'
import { readEnv } from '../env.ts'
import { PAYMENT_CRONTAB } from '../features/payments/payments.jobs.ts'
import { startRunner } from '../jobs/runner.ts'

export type Ports = { readonly app: number; readonly floor: number }

const SAMPLE_MS = 5

/** Runs until the parent goes away. */
export async function serve(): Promise<void> {
  const deps = createDeps({ ...readEnv(), logLevel: 'silent' })
  await startRunner({
    databaseUrl: deps.env.databaseUrl,
    pool: deps.db.pool,
    tasks: taskHandlers(deps),
    crontab: PAYMENT_CRONTAB,
    log: deps.log,
    observe: deps.metrics.observeJob,
  })
  const ports: Ports = { app: await listen(createApp(deps).fetch), floor: await listen(floorApp().fetch) }
  process.once('disconnect', () => process.exit(0))
  process.send?.(ports)
}

function listen(fetch: Parameters<typeof getRequestListener>[0]): Promise<number> {
  const answer = getRequestListener(fetch, { hostname: '127.0.0.1' })
  const server = createServer((request, response) => void answer(request, response))
  // A connection that waits while something else is measured is not given up.
  server.keepAliveTimeout = 0
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}

function floorApp(): Hono {
  const app = new Hono()
  let constant = '{}'
  let peak = process.memoryUsage.rss()
  setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS).unref()
  app.get('/constant', (c) => c.body(constant, 200, { 'Content-Type': 'application/json' }))
  app.post('/constant', async (c) => {
    constant = await c.req.text()
    return c.json({})
  })
  /** The highest since it was last asked. */
  app.get('/peak', (c) => {
    const answer = { peak }
    peak = process.memoryUsage.rss()
    return c.json({ ...answer, now: peak })
  })
  return app
}
