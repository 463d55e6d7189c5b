/** One consistent snapshot of a running system in one file; it reads only, and memory stays flat whatever the size. */
import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { StartError } from '../core/start-error.ts'
import type { Db } from '../db/client.ts'
import { encodeFrame, FORMAT, type Frame, TableCounter, type TableTail } from './backup-file.ts'
import {
  copyOut,
  getQueueVersion,
  listMigrations,
  listSequences,
  listTables,
  speakCanonically,
} from './snapshot.queries.ts'

export type BackupReport = {
  readonly file: string
  readonly version: string
  readonly rows: number
  readonly bytes: number
  readonly tables: Readonly<Record<string, TableTail>>
}

/** The file has its name only once it is whole; until then it ends in `.part`. @throws StartError */
export async function backUp(db: Db, file: string, now: () => Date = () => new Date()): Promise<BackupReport> {
  if (existsSync(file)) throw new StartError(`${file} exists already: name another file.`)
  const part = `${file}.part`
  const client = await db.pool.connect()
  const tables: Record<string, TableTail> = {}
  let migrations: string[] = []
  try {
    await speakCanonically(client)
    await client.query('begin isolation level repeatable read read only')
    migrations = await listMigrations(client)
    if (migrations.length === 0) throw new StartError('There is nothing to back up: the database was never migrated.')
    const frames = Readable.from(writeFrames(client, { migrations, takenAt: now().toISOString() }, tables))
    // Only its owner reads it: it holds customers' names and addresses.
    await pipeline(frames, createGzip(), createWriteStream(part, { mode: 0o600, flush: true }))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error instanceof Error && 'syscall' in error
      ? new StartError(`${file} cannot be written: ${error.message}.`)
      : error
  } finally {
    // Its settings are not the pool's.
    client.release(true)
  }
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  return { file, version: migrations.at(-1) ?? '', rows, bytes: (await stat(file)).size, tables }
}

async function* writeFrames(
  client: pg.ClientBase,
  about: { readonly migrations: string[]; readonly takenAt: string },
  counted: Record<string, TableTail>,
): AsyncGenerator<Buffer> {
  const encode = (frame: Frame) => encodeFrame(frame)
  yield encode({ kind: 'head', head: { format: FORMAT, ...about, queueVersion: await getQueueVersion(client) } })
  const tables = await listTables(client)
  for (const table of tables) {
    yield encode({ kind: 'table', table })
    const counter = new TableCounter()
    for await (const bytes of await copyOut(client, table)) {
      counter.add(bytes)
      yield encode({ kind: 'data', bytes })
    }
    const end = counter.end()
    counted[`${table.schema}.${table.table}`] = end
    yield encode({ kind: 'tableEnd', end })
  }
  yield encode({ kind: 'tail', tail: { sequences: await listSequences(client), tables: tables.length } })
}
