/** Whether an external PostgreSQL server can carry the product; each reason that it cannot is one sentence. */
import pg from 'pg'
import { StartError } from '../core/start-error.ts'

const CONNECT_TIMEOUT_MS = 5_000
const OLDEST_VERSION = 15
/** The role the BFF works under, subject to row-level security; migrations make it when they may. */
const APP_ROLE = 'choba_app'

/** @throws StartError when the server is unreachable, too old, or unable to search Japanese text. */
export async function checkServer(url: string): Promise<void> {
  const client = connectable(url)
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => undefined)
    throw new StartError(`DATABASE_URL: cannot log in to ${describeServer(url)}: ${reasonOf(error)}`)
  }
  try {
    await checkVersion(client)
    await checkEncoding(client)
    await checkJapaneseSearch(client)
    await checkRoles(client)
  } finally {
    await client.end()
  }
}

function connectable(url: string): pg.Client {
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Error('not a PostgreSQL address')
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  } catch {
    throw new StartError('DATABASE_URL must look like postgres://user:password@host:5432/database.')
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const version = await readOne(client, "select current_setting('server_version_num')")
  const major = Math.floor(Number(version) / 10_000)
  if (major >= OLDEST_VERSION) return
  throw new StartError(`DATABASE_URL: the server is PostgreSQL ${major}, and Choba needs ${OLDEST_VERSION} or later.`)
}

async function checkEncoding(client: pg.Client): Promise<void> {
  const encoding = await readOne(client, "select current_setting('server_encoding')")
  if (encoding === 'UTF8') return
  throw new StartError(
    `DATABASE_URL: the database is encoded in ${encoding}, and Choba needs UTF8: create one with ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0.`,
  )
}

/** Under LC_CTYPE C no Japanese character counts as a letter, and trigram search finds nothing without a word. */
async function checkJapaneseSearch(client: pg.Client): Promise<void> {
  await client.query('begin')
  try {
    await client.query('create extension if not exists pg_trgm')
    const schema = await readOne(
      client,
      "select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'",
    )
    if (Number(await readOne(client, `select cardinality(${schema}.show_trgm('山田'))`)) > 0) return
  } catch (error) {
    throw new StartError(`DATABASE_URL: the extension pg_trgm, which search needs, cannot be made: ${reasonOf(error)}`)
  } finally {
    await client.query('rollback')
  }
  const ctype = await readOne(client, 'select datctype from pg_database where datname = current_database()')
  throw new StartError(
    `DATABASE_URL: the database has LC_CTYPE ${ctype}, under which Japanese text cannot be searched: create one with LC_CTYPE 'C.UTF-8'.`,
  )
}

async function checkRoles(client: pg.Client): Promise<void> {
  const able = await readOne(
    client,
    `select exists (select from pg_roles where rolname = current_user and (rolsuper or rolcreaterole))
         or exists (select from pg_roles where rolname = $1)`,
    [APP_ROLE],
  )
  if (able === 'true') return
  throw new StartError(
    `DATABASE_URL: the user may not create roles and the role ${APP_ROLE} does not exist: grant CREATEROLE, or create the role ${APP_ROLE}.`,
  )
}

async function readOne(client: pg.Client, sql: string, values: unknown[] = []): Promise<string> {
  const result = await client.query<unknown[]>({ text: sql, values, rowMode: 'array' })
  return String(result.rows[0]?.[0])
}

/** The address without its user and password. */
function describeServer(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url)
    return `${hostname}:${port || '5432'}${pathname}`
  } catch {
    return 'the server'
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const text = error instanceof Error ? error.message : String(error)
  return /timeout/i.test(text) ? `no answer within ${CONNECT_TIMEOUT_MS / 1000} s` : text
}
