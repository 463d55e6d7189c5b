/**
 * The sandbox's own memory: plain maps, written through to SQLite. A transaction is on disk before it returns, so an
 * answer that left the process is never forgotten, whatever kills it.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

export type Table<T> = {
  readonly name: string
  get(id: string): T | undefined
  /** Values are read as they were put: callers put a new object instead of changing one they got. */
  put(id: string, value: T): void
  delete(id: string): void
  values(): IterableIterator<T>
  entries(): IterableIterator<[string, T]>
  readonly size: number
}

export type Store = {
  table<T>(name: string): Table<T>
  /** All or nothing. A transaction inside another joins it. The function must be synchronous. */
  transaction<R>(work: () => R): R
  /** The next number of a counted series, starting at 1. */
  nextNumber(series: string): number
  /** Forgets everything; listeners drop what they derived from the tables. */
  reset(): void
  onReset(listener: () => void): void
  close(): void
}

type Rows = Map<string, unknown>
type Change = {
  readonly rows: Rows
  readonly table: string
  readonly id: string
  readonly before: unknown
  readonly existed: boolean
}

/** `folder` undefined keeps everything in memory only, for tests. */
export function openStore(folder?: string): Store {
  const database = openDatabase(folder)
  const upsert = database.prepare(
    'INSERT INTO record (tbl, id, body) VALUES (?, ?, ?) ON CONFLICT (tbl, id) DO UPDATE SET body = excluded.body',
  )
  const remove = database.prepare('DELETE FROM record WHERE tbl = ? AND id = ?')
  const tables = loadTables(database)
  const resetListeners: (() => void)[] = []
  let changes: Map<string, Change> | undefined

  function rowsOf(name: string): Rows {
    let rows = tables.get(name)
    if (!rows) tables.set(name, (rows = new Map()))
    return rows
  }

  function remember(rows: Rows, table: string, id: string): void {
    const key = `${table}\n${id}`
    if (!changes!.has(key)) changes!.set(key, { rows, table, id, before: rows.get(id), existed: rows.has(id) })
  }

  function transaction<R>(work: () => R): R {
    if (changes) return work()
    changes = new Map()
    try {
      const result = work()
      writeChanges(database, upsert, remove, changes.values())
      return result
    } catch (error) {
      for (const change of [...changes.values()].reverse()) undo(change)
      throw error
    } finally {
      changes = undefined
    }
  }

  function table<T>(name: string): Table<T> {
    const rows = rowsOf(name) as Map<string, T>
    return {
      name,
      get: (id) => rows.get(id),
      put: (id, value) =>
        transaction(() => {
          remember(rows, name, id)
          rows.set(id, value)
        }),
      delete: (id) =>
        transaction(() => {
          remember(rows, name, id)
          rows.delete(id)
        }),
      values: () => rows.values(),
      entries: () => rows.entries(),
      get size() {
        return rows.size
      },
    }
  }

  const counters = table<number>('counter')
  return {
    table,
    transaction,
    nextNumber(series) {
      const next = (counters.get(series) ?? 0) + 1
      counters.put(series, next)
      return next
    },
    reset() {
      database.exec('DELETE FROM record')
      for (const rows of tables.values()) rows.clear()
      for (const listener of resetListeners) listener()
    },
    onReset: (listener) => void resetListeners.push(listener),
    close: () => database.close(),
  }
}

function openDatabase(folder: string | undefined): DatabaseSync {
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(folder === undefined ? ':memory:' : join(folder, 'sandbox.sqlite'))
  // What was written survives a killed process, since the system holds it; only a power cut could hurt it, and a
  // pretend provider may lose its memory then.
  // Alone on its file, it needs no lock per transaction.
  // It waits a moment for one that is just stopping.
  database.exec(
    'PRAGMA busy_timeout = 5000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; ' +
      'PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 4000;',
  )
  database.exec(
    'CREATE TABLE IF NOT EXISTS record (tbl TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (tbl, id))',
  )
  return database
}

function loadTables(database: DatabaseSync): Map<string, Rows> {
  const tables = new Map<string, Rows>()
  // By rowid, so that iteration keeps the order of first insertion over restarts.
  for (const row of database.prepare('SELECT tbl, id, body FROM record ORDER BY rowid').iterate()) {
    const { tbl, id, body } = row as { tbl: string; id: string; body: string }
    let rows = tables.get(tbl)
    if (!rows) tables.set(tbl, (rows = new Map()))
    rows.set(id, JSON.parse(body))
  }
  return tables
}

function writeChanges(
  database: DatabaseSync,
  upsert: StatementSync,
  remove: StatementSync,
  changes: Iterable<Change>,
): void {
  let open = false
  try {
    for (const change of changes) {
      if (!open) database.exec('BEGIN IMMEDIATE')
      open = true
      if (change.rows.has(change.id)) upsert.run(change.table, change.id, JSON.stringify(change.rows.get(change.id)))
      else remove.run(change.table, change.id)
    }
    if (open) database.exec('COMMIT')
  } catch (error) {
    if (open && database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function undo(change: Change): void {
  if (change.existed) change.rows.set(change.id, change.before)
  else change.rows.delete(change.id)
}
