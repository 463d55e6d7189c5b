/** What a backup asks of PostgreSQL: which tables there are, their rows as canonical COPY text, and the sequences. */
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { SequenceValue, TableHead } from './backup-file.ts'

/** Ours, and the job queue's: work that was promised is restored with the books. */
const SCHEMAS = ['public', 'graphile_worker']

/** Made by migrating; and what lets a browser in: whoever was signed in signs in again after a restore. */
const LEFT_OUT = [
  'public.kysely_migration',
  'public.kysely_migration_lock',
  'graphile_worker.migrations',
  'public.auth_session',
  'public.auth_verification',
]

/** The same rows give the same text on every server, whatever its settings are. */
export async function speakCanonically(client: pg.ClientBase): Promise<void> {
  await client.query(`set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
    set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set row_security = off`)
}

/** Generated columns are left out: they are computed again from the others. */
export async function listTables(client: pg.ClientBase): Promise<TableHead[]> {
  const { rows } = await client.query<TableHead>(
    `select n.nspname as schema, c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and n.nspname = any($1) and not (n.nspname || '.' || c.relname = any($2))
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by 1, 2 order by 1, 2`,
    [SCHEMAS, LEFT_OUT],
  )
  return rows
}

/** The rows in order of the primary key (of the whole row where there is none); text by its bytes, not by a language. */
export async function copyOut(client: pg.ClientBase, table: TableHead): Promise<AsyncIterable<Buffer>> {
  const { rows } = await client.query<{ key: string }>(
    `select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', ' order by k.place) as key
    from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indisprimary and i.indrelid = $1::regclass`,
    [nameOf(table)],
  )
  const order = rows[0]?.key ?? `t::text collate "C"`
  const text = `copy (select ${columnsOf(table)} from ${nameOf(table)} t order by ${order}) to stdout`
  return client.query(copyStreams.to(text))
}

export function copyIn(client: pg.ClientBase, table: TableHead): copyStreams.CopyStreamQuery {
  return client.query(copyStreams.from(`copy ${nameOf(table)} (${columnsOf(table)}) from stdin`))
}

/** Read after the rows: a sequence never goes back, so what it says covers every row of the snapshot. */
export async function listSequences(client: pg.ClientBase): Promise<SequenceValue[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, sequencename as name from pg_sequences where schemaname = any($1) order by 1, 2`,
    [SCHEMAS],
  )
  const values: SequenceValue[] = []
  for (const { schema, name } of rows) {
    const found = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quote(schema)}.${quote(name)}`,
    )
    if (found.rows[0]) values.push({ schema, name, ...found.rows[0] })
  }
  return values
}

export async function setSequence(client: pg.ClientBase, sequence: SequenceValue): Promise<void> {
  const name = `${quote(sequence.schema)}.${quote(sequence.name)}`
  await client.query('select setval($1::regclass, $2::bigint, $3)', [name, sequence.value, sequence.called])
}

/**
 * Rows go in as they were: no trigger fires, no foreign key is in the way. All within the caller's transaction, by the
 * owner alone (no superuser needed); the answer puts back what was taken away, and each key is checked anew.
 */
export async function openGuards(client: pg.ClientBase): Promise<() => Promise<void>> {
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
    where c.contype = 'f' and n.nspname = any($1)`,
    [SCHEMAS],
  )
  const triggers = await client.query<{ table: string; name: string; enabled: string }>(
    `select g.tgrelid::regclass::text as table, quote_ident(g.tgname) as name, g.tgenabled as enabled
    from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_namespace n on n.oid = t.relnamespace
    where not g.tgisinternal and g.tgenabled <> 'D' and n.nspname = any($1)`,
    [SCHEMAS],
  )
  for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { table, name } of triggers.rows) await client.query(`alter table ${table} disable trigger ${name}`)
  return async () => {
    for (const { table, name, definition } of keys.rows)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
    for (const { table, name, enabled } of triggers.rows)
      await client.query(`alter table ${table} enable ${WHEN_ENABLED[enabled] ?? ''} trigger ${name}`)
  }
}

const WHEN_ENABLED: Readonly<Record<string, string>> = { A: 'always', R: 'replica' }

/** Migrations put rows of their own into some tables; the backup has them too. */
export async function emptyTables(client: pg.ClientBase, tables: readonly TableHead[]): Promise<void> {
  await client.query(`truncate ${tables.map(nameOf).join(', ')}`)
}

/** A worker of the system that was backed up holds no job here. */
export async function freeJobs(client: pg.ClientBase): Promise<void> {
  await client.query(
    'update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
  )
  await client.query(
    'update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
  )
}

export async function getQueueVersion(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ version: number }>('select max(id) as version from graphile_worker.migrations')
  return rows[0]?.version ?? 0
}

/** Oldest first; none when the database was never migrated. */
export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: known } = await client.query<{ there: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as there`,
  )
  if (!known[0]?.there) return []
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name')
  return rows.map(({ name }) => name)
}

export async function hasForeignTables(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select exists (select from pg_tables where schemaname = 'public') as there`,
  )
  return rows[0]?.there ?? false
}

export async function hasPeopleOrMerchants(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    'select exists (select from merchant) or exists (select from auth_user) as there',
  )
  return rows[0]?.there ?? false
}

function nameOf({ schema, table }: TableHead): string {
  return `${quote(schema)}.${quote(table)}`
}

function columnsOf({ columns }: TableHead): string {
  return columns.map(quote).join(', ')
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
