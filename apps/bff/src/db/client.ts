/** Connections to PostgreSQL: one pool that owns the schema, one that may only see a single merchant. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import pg from 'pg'
import Cursor from 'pg-cursor'
import type { Database } from './schema.ts'
import { currentShops, type Shops } from './shop-scope.ts'

export type Db = {
  /** Sees every merchant: migrations, the job queue, sign-in, nightly checks. */
  readonly owner: Kysely<Database>
  readonly pool: pg.Pool
  /** Sees and changes one merchant's rows only, by row-level security; within `withShops` only those of its shops. */
  merchant(merchantId: string): Kysely<Database>
  /** A raw connection of one merchant, for COPY. Release it. */
  merchantClient(merchantId: string): Promise<pg.PoolClient>
  close(): Promise<void>
}

const INT8 = 20
const DATE = 1082
const NUMERIC = 1700

/** Counts and yen arrive as numbers, and never silently rounded. Days stay text. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && (oid === INT8 || oid === NUMERIC)) return safeInteger as never
    if (oid === DATE) return ((text: string) => text) as never
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`beyond the safe integers: ${text}`)
  return value
}

export function openDatabase(url: string, options: { readonly max?: number } = {}): Db {
  const max = options.max ?? 10
  const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'choba' })
  const scopedPool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: 'choba-merchant',
    options: '-c role=choba_app',
  })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  for (const each of [pool, scopedPool]) {
    each.on('error', () => undefined)
    each.on('connect', (client) => client.on('error', () => undefined))
  }
  const scoped = new Map<string, Kysely<Database>>()

  return {
    owner: kysely(pool, () => pool.connect()),
    pool,
    merchant(merchantId) {
      const who = { merchantId, shops: currentShops() }
      const key = bindingOf(who)
      let db = scoped.get(key)
      if (!db) {
        db = kysely(scopedPool, () => connectAs(scopedPool, who))
        scoped.set(key, db)
      }
      return db
    },
    merchantClient: (merchantId) => connectAs(scopedPool, { merchantId, shops: currentShops() }),
    async close() {
      await Promise.all([pool.end(), scopedPool.end()])
    },
  }
}

/** The merchant and shops a connection was last bound to, so that the setting costs a round trip only when it changes. */
const currentBinding = new WeakMap<pg.PoolClient, string>()

type Binding = { readonly merchantId: string; readonly shops: Shops }

function bindingOf({ merchantId, shops }: Binding): string {
  return `${merchantId}:${listOf(shops)}`
}

/** Empty for all: no member has no shop. */
function listOf(shops: Shops): string {
  return shops === 'all' ? '' : shops.toSorted().join(',')
}

async function connectAs(pool: pg.Pool, who: Binding): Promise<pg.PoolClient> {
  const client = await pool.connect()
  const binding = bindingOf(who)
  if (currentBinding.get(client) === binding) return client
  try {
    await client.query("select set_config('choba.merchant_id', $1, false), set_config('choba.shops', $2, false)", [
      who.merchantId,
      listOf(who.shops),
    ])
  } catch (error) {
    client.release(true)
    throw error
  }
  currentBinding.set(client, binding)
  return client
}

function kysely(pool: pg.Pool, connect: () => Promise<pg.PoolClient>): Kysely<Database> {
  // Ending a view must not end the pool that others share: openDatabase closes it.
  const view = { options: pool.options, connect, end: () => Promise.resolve() }
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: view, cursor: Cursor }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/** The same connection, seen through a type that cannot write. */
export function readonly<DB>(db: Kysely<DB>): ReadonlyKysely<DB> {
  return db as never // Kysely's documented cast: the two interfaces are not structurally assignable.
}
