/** Starts the pretend payment provider as a process of its own. */
import { serve } from '@hono/node-server'
import { readAccountsFile } from './accounts.ts'
import { createApp } from './app.ts'
import { createDeps } from './deps.ts'
import { readEnv } from './env.ts'

function main(): void {
  const env = readEnv()
  const startAccounts = readAccountsFile(env.accountsFile)
  const deps = createDeps(env.folder === undefined ? {} : { folder: env.folder })
  deps.accounts.addMissing(startAccounts)
  deps.store.onReset(() => deps.accounts.addMissing(startAccounts))
  const app = createApp(deps)
  deps.schedule.start()
  for (const worker of deps.background) worker.start()
  const server = serve({ fetch: app.fetch, port: env.port, hostname: '127.0.0.1' }, (address) => {
    console.log(`sandbox listening on http://127.0.0.1:${address.port}`)
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE'
    console.error(taken ? `Port ${env.port} is taken: set SANDBOX_PORT to another one.` : error.message)
    process.exit(1)
  })

  function stop(): void {
    deps.schedule.stop()
    for (const worker of deps.background) worker.stop()
    server.close(() => {
      deps.store.close()
      process.exit(0)
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    // Answers that are held back on purpose must not keep the process alive.
    setTimeout(() => process.exit(0), 2_000).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

try {
  main()
} catch (error) {
  const text = error instanceof Error ? error.message : String(error)
  const locked = text.includes('database is locked')
  console.error(locked ? 'Another sandbox is using CHOBA_SANDBOX_DIR: stop it first, or name another folder.' : text)
  process.exit(1)
}
