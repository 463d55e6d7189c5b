/** A database of one's own for a test file: a copy of the migrated template, made in about a tenth of a second, or an empty one. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type {} from './global-setup.ts'

export interface TestDatabase {
  /** The owner's address, the one migrations run under. */
  url: string
  drop(): Promise<void>
}

export function createTestDatabase(): Promise<TestDatabase> {
  return copyOf(inject('testServer').template)
}

export function createEmptyDatabase(): Promise<TestDatabase> {
  return copyOf('template0')
}

async function copyOf(template: string): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await runOnServer(server.url, `create database ${name} template ${template}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => runOnServer(server.url, `drop database if exists ${name} with (force)`) }
}

async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
