/** A backup into an empty database: all of it, compared with the file to the byte, or nothing. */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { StartError } from '../core/start-error.ts'
import { openDatabase } from '../db/client.ts'
import { isMigration, migrate } from '../db/migrate.ts'
import { type BackupHead, checkBackup, isSame, readFrames, TableCounter, type TableHead } from './backup-file.ts'
import {
  copyIn,
  copyOut,
  emptyTables,
  freeJobs,
  getQueueVersion,
  hasForeignTables,
  hasPeopleOrMerchants,
  listMigrations,
  listTables,
  openGuards,
  setSequence,
  speakCanonically,
} from './snapshot.queries.ts'

export type RestoreReport = { readonly takenAt: string; readonly tables: number; readonly rows: number }

/**
 * The file is read through before the database is touched. Rows go in by one transaction, so whoever is killed on the
 * way leaves an empty database behind, ready for the next try. An older version's backup is brought to the present one.
 * @throws StartError for a damaged file, one of a newer version, or a database that is not empty.
 */
export async function restore(databaseUrl: string, file: string): Promise<RestoreReport> {
  const { head, tables, rows } = await checkBackup(file)
  const version = head.migrations.at(-1) ?? ''
  if (!head.migrations.every(isMigration))
    throw new StartError(`${file} is of a newer version (${version}): restore it with that version of Choba.`)
  await withClient(databaseUrl, (client) => refuseUnlessEmpty(client, version))
  await migrate(databaseUrl, version)
  await withClient(databaseUrl, (client) => bringIn(client, file, head))
  await migrate(databaseUrl)
  return { takenAt: head.takenAt, tables, rows }
}

async function refuseUnlessEmpty(client: pg.ClientBase, version: string): Promise<void> {
  const migrations = await listMigrations(client)
  if (migrations.length === 0) {
    if (await hasForeignTables(client))
      throw new StartError('The database is not empty: it holds tables of something else.')
    return
  }
  if (await hasPeopleOrMerchants(client))
    throw new StartError('The database is not empty: a backup is restored into an empty one only.')
  if (migrations.at(-1) !== version)
    throw new StartError(
      `The database is of version ${migrations.at(-1)}, the backup of ${version}: restore into one that was never migrated.`,
    )
}

async function bringIn(client: pg.ClientBase, file: string, head: BackupHead): Promise<void> {
  await speakCanonically(client)
  await client.query('begin')
  if ((await getQueueVersion(client)) !== head.queueVersion)
    throw new StartError(`The job queue of the backup is of version ${head.queueVersion}, not the one installed here.`)
  const closeGuards = await openGuards(client)
  // Asked again now that nobody else can write.
  await emptyGuarded(client)
  await bringTablesIn(client, file)
  await freeJobs(client)
  await closeGuards()
  await client.query('commit')
  await client.query('analyze')
}

async function emptyGuarded(client: pg.ClientBase): Promise<void> {
  if (await hasPeopleOrMerchants(client))
    throw new StartError('The database is not empty: somebody else began to use it.')
  await emptyTables(client, await listTables(client))
}

async function bringTablesIn(client: pg.ClientBase, file: string): Promise<void> {
  let current: { table: TableHead; copy: ReturnType<typeof copyIn> } | undefined
  for await (const frame of readFrames(file)) {
    if (frame.kind === 'table') current = { table: frame.table, copy: copyIn(client, frame.table) }
    if (frame.kind === 'data' && current && !current.copy.write(frame.bytes)) await once(current.copy, 'drain')
    if (frame.kind === 'tableEnd' && current) {
      current.copy.end()
      await finished(current.copy)
      const counter = new TableCounter()
      for await (const bytes of await copyOut(client, current.table)) counter.add(bytes)
      if (!isSame(counter.end(), frame.end))
        throw new StartError(`${current.table.table} does not read back as it was: nothing was restored.`)
      current = undefined
    }
    if (frame.kind === 'tail') for (const sequence of frame.tail.sequences) await setSequence(client, sequence)
  }
}

async function withClient<T>(databaseUrl: string, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const db = openDatabase(databaseUrl, { max: 1 })
  try {
    const client = await db.pool.connect()
    try {
      return await work(client)
    } finally {
      client.release(true)
    }
  } finally {
    await db.close()
  }
}
