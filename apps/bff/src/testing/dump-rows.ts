/**
 * Prints the rows of a database as SQL, for a filled database in `upgrades/`: `node apps/bff/src/testing/dump-rows.ts postgres://…`.
 * Columns that number themselves do so again. People's passwords and sessions, sealed secrets and the bytes of provider messages stay out.
 */
import pg from 'pg'

const LEFT_OUT = [
  'auth_account',
  'auth_session',
  'auth_verification',
  'auth_rate_limit',
  'kysely_migration',
  'kysely_migration_lock',
]
const EMPTIED: Readonly<Record<string, string>> = {
  'provider_message.body': "'\\x'",
  'connection.secret_box': "'v1.'",
}

type Column = { readonly table: string; readonly name: string }

const client = new pg.Client({ connectionString: process.argv[2] })
await client.connect()
const { rows: columns } = await client.query<Column>(
  `select c.relname as table, a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
      and c.relname <> all($1) order by c.relname, a.attnum`,
  [LEFT_OUT],
)
for (const [table, ofTable] of Map.groupBy(columns, (column) => column.table)) {
  const values = ofTable.map(({ name }) => EMPTIED[`${table}.${name}`] ?? `"${name}"::text`)
  const parts = values.map((value) => `quote_nullable(${value})`).join(`, `)
  const { rows } = await client.query<{ row: string }>(
    `select concat_ws(',', ${parts}) as row from "${table}" t order by t.ctid`,
  )
  if (rows.length === 0) continue
  const names = ofTable.map(({ name }) => `"${name}"`).join(', ')
  process.stdout.write(`insert into "${table}" (${names}) values\n${rows.map(({ row }) => `(${row})`).join(',\n')};\n`)
}
await client.end()
