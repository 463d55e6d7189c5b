/** Starts the BFF: answers requests and works off the queue, until SIGTERM or SIGINT. */
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { createApp, CRONTAB, taskHandlers } from './app.ts'
import { randomPassword } from './auth/passwords.ts'
import { StartError } from './core/start-error.ts'
import { pendingMigrations } from './db/migrate.ts'
import { createDeps, type Deps } from './deps.ts'
import { readEnv } from './env.ts'
import { makeSetupCode } from './features/setup/setup-code.ts'
import { type JobRunner, startRunner } from './jobs/runner.ts'
import { type Listener, startListener } from './realtime/listener.ts'

/** How long requests and jobs in hand may take to finish once we are told to stop. */
const STOP_WITHIN_MS = 10_000
const IDLE_SWEEP_MS = 100
const MAX_HEADER_BYTES = 32 * 1024
const MOST_TRIES = 10
const TRY_AGAIN_MS = 1_000

async function main(): Promise<void> {
  const env = readEnv()
  const deps = createDeps(env)
  const tasks = taskHandlers(deps)
  await refuseOldSchema(deps)
  const server = await listen(deps)
  const listener = startListener(env.databaseUrl, deps.hub, deps.log)
  const runner = await startRunner({
    databaseUrl: env.databaseUrl,
    pool: deps.db.pool,
    tasks,
    crontab: CRONTAB,
    log: deps.log,
    observe: deps.metrics.observeJob,
  })
  deps.log.info({ url: `http://${env.host}:${env.port}` }, 'the console answers')
  stopOnSignal(deps, server, listener, runner)
  if (env.tellSetupCode) await tellSetupCode(deps)
}

/** A database that is away for a moment ends nothing else either. */
async function tellSetupCode(deps: Deps): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await makeAndTell(deps)
    } catch (error) {
      deps.log.warn({ err: error, tries }, 'no setup code could be made')
      if (tries === MOST_TRIES) return
      await sleep(TRY_AGAIN_MS)
    }
  }
}

/** On the terminal, not in the log: whoever collects logs shall not make the first merchant. */
async function makeAndTell(deps: Deps): Promise<void> {
  const code = await makeSetupCode({ ...deps, makeCode: randomPassword })
  if (code === undefined) return
  const { env } = deps
  const address = env.publicUrl?.origin ?? `http://${env.host}:${env.port}`
  process.stdout.write(`\nNobody has set up this console yet: ${address}/setup\nSetup code: ${code}\n\n`)
}

async function refuseOldSchema(deps: Deps): Promise<void> {
  const pending = await pendingMigrations(deps.db.owner as never).catch((error: Error) => {
    throw new StartError(`The database does not answer: ${error.message || String(error)}.`)
  })
  if (pending.length > 0)
    throw new StartError(
      `The database is older than this version: run \`node apps/bff/src/cli.ts migrate\` first (${pending.length} to apply).`,
    )
}

function listen(deps: Deps): Promise<Server> {
  const { port, host } = deps.env
  const app = createApp(deps)
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 120_000 }, (request, response) => {
    void answer(request, response)
  })
  const answer = getRequestListener(app.fetch, { hostname: host })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(`Port ${port} is taken: stop the other program, or set PORT.`)
          : error,
      ),
    )
    server.listen(port, host, () => resolve(server))
  })
}

function stopOnSignal(deps: Deps, server: Server, listener: Listener, runner: JobRunner): void {
  let stopping = false
  async function stop(signal: string): Promise<void> {
    if (stopping) return
    stopping = true
    deps.log.info({ signal }, 'stopping')
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    deps.hub.close()
    // A connection that has just had its last answer would be kept for the next request.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
    const force = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS)
    await Promise.all([closed, runner.stop(STOP_WITHIN_MS), listener.stop()])
    clearInterval(sweep)
    clearTimeout(force)
    await deps.db.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}

try {
  await main()
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
