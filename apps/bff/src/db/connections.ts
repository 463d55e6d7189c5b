/** Reads connections and opens their secrets. */
import { type Kysely, sql } from 'kysely'
import type { Connection } from '../core/connection.ts'
import type { ProviderClocks } from '../core/provider-clock.ts'
import { connectionContext, type SecretBox } from '../core/secret-box.ts'
import type { Database } from './schema.ts'

export type ConnectionOpener = { readonly secrets: SecretBox; readonly providerClocks: ProviderClocks }

/** New orders go only where the agreement has begun, by the day in Japan. */
export const hasBegun = sql<boolean>`valid_from <= (now() at time zone 'Asia/Tokyo')::date`

const COLUMNS = [
  'merchantId',
  'connectionId',
  'shopId',
  'provider',
  'connectionMethod',
  'methods',
  'baseUrl',
  'settings',
  'secretBox',
] as const

export async function listConnections(
  db: Kysely<Database>,
  opener: ConnectionOpener,
  merchantId: string,
): Promise<Connection[]> {
  const rows = await db
    .selectFrom('connection')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .orderBy('validFrom', 'desc')
    .orderBy('connectionId')
    .execute()
  return rows.map((row) => open(row, opener))
}

export async function findConnection(
  db: Kysely<Database>,
  opener: ConnectionOpener,
  merchantId: string,
  connectionId: string,
): Promise<Connection | undefined> {
  const row = await db
    .selectFrom('connection')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .executeTakeFirst()
  return row && open(row, opener)
}

/** The connection a notice is addressed to. Only the owner can ask: a notice does not know its merchant yet. */
export async function findConnectionByAccount(
  owner: Kysely<Database>,
  opener: ConnectionOpener,
  provider: string,
  account: string,
): Promise<Connection | undefined> {
  const row = await owner
    .selectFrom('connection')
    .select(COLUMNS)
    .where('provider', '=', provider)
    .where((eb) => eb(eb.fn<string>('jsonb_extract_path_text', ['settings', eb.val('account')]), '=', account))
    .orderBy('validFrom', 'desc')
    .executeTakeFirst()
  return row && open(row, opener)
}

type Row = Pick<
  Connection,
  'merchantId' | 'connectionId' | 'shopId' | 'provider' | 'connectionMethod' | 'methods' | 'baseUrl' | 'settings'
> & { secretBox: string }

function open({ secretBox, ...row }: Row, { secrets, providerClocks }: ConnectionOpener): Connection {
  const opened = JSON.parse(secrets.open(secretBox, connectionContext(row.merchantId, row.connectionId))) as Record<
    string,
    string
  >
  return {
    ...row,
    baseUrl: row.baseUrl.replace(/\/$/, ''),
    secrets: opened,
    heard: (at) => providerClocks.heard(row.connectionId, at),
  }
}
