/** The database of a run: the given server, checked, or our own, brought up again when it dies. */
import { findProcess } from '../../apps/bff/src/db/embedded/process.ts'
import { type Embedded, startEmbedded } from '../../apps/bff/src/db/embedded.ts'
import { checkServer } from '../../apps/bff/src/db/server-check.ts'
import type { StartConfig } from './config.ts'

export interface RunDatabase {
  url: string
  /** Resolves at once while the server runs, and else when it runs again. */
  whenUp(): Promise<void>
  stop(): Promise<void>
}

const WATCH_EVERY_MS = 500

/** @throws StartError when the database cannot be used or started. */
export async function openRunDatabase(config: StartConfig, onLost: (error: unknown) => void): Promise<RunDatabase> {
  if (config.databaseUrl) {
    await checkServer(config.databaseUrl)
    return { url: config.databaseUrl, whenUp: () => Promise.resolve(), stop: () => Promise.resolve() }
  }
  const server = await startEmbedded({ dataDir: config.dataDir })
  if (!server.dataRoot.startsWith(config.dataDir)) {
    console.log(`PostgreSQL's account cannot reach ${config.dataDir}; the database is kept in ${server.dataRoot}.`)
  }
  return keepAlive(server, config.dataDir, onLost)
}

function keepAlive(first: Embedded, dataDir: string, onLost: (error: unknown) => void): RunDatabase {
  let server = first
  let restarting: Promise<void> | undefined
  const watch = setInterval(() => void whenUp(), WATCH_EVERY_MS)

  async function whenUp(): Promise<void> {
    if (!restarting && !findProcess(server.pid)) {
      console.error('The database server ended; starting it again.')
      restarting = restart().catch(onLost)
    }
    await restarting
  }

  /** On the same port: the programs hold its address. */
  async function restart(): Promise<void> {
    server = await startEmbedded({ dataDir, settings: { port: new URL(first.url).port } })
    restarting = undefined
  }

  async function stop(): Promise<void> {
    clearInterval(watch)
    await restarting
    await server.stop()
  }
  return { url: first.url, whenUp, stop }
}
