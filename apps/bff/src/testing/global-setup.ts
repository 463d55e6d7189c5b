/** One PostgreSQL server for the whole test run, with a migrated template that test databases are copied from. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'

const TEMPLATE = 'migrated'
/** Test data need not survive a power cut. */
const FAST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

export interface TestServer {
  url: string
  template: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'choba-test-'))
  // PostgreSQL refuses to run as root, and its own account must be able to walk here.
  chmodSync(folder, 0o755)
  const server = await startEmbedded({ dataDir: folder, settings: FAST_SETTINGS })
  await makeTemplate(server.url)
  project.provide('testServer', { url: server.url, template: TEMPLATE })
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  const template = new URL(url)
  template.pathname = `/${TEMPLATE}`
  await migrate(template.href)
  await client.end()
}
