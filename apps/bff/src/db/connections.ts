/** Reads connections and opens their secrets. */
import type { Kysely } from 'kysely'
import type { Connection } from '../core/connection.ts'
import { connectionContext, type SecretBox } from '../core/secret-box.ts'
import type { Database } from './schema.ts'

const COLUMNS = ['merchantId', 'connectionId', 'shopId', 'provider', 'connectionMethod', 'methods', 'baseUrl', 'settings', 'secretBox'] as const

export async function listConnections(db: Kysely<Database>, box: SecretBox, merchantId: string): Promise<Connection[]> {
  const rows = await db.selectFrom('connection').select(COLUMNS).where('merchantId', '=', merchantId).orderBy('validFrom', 'desc').orderBy('connectionId').execute()
  return rows.map((row) => open(row, box))
}

export async function findConnection(db: Kysely<Database>, box: SecretBox, merchantId: string, connectionId: string): Promise<Connection | undefined> {
  const row = await db.selectFrom('connection').select(COLUMNS).where('merchantId', '=', merchantId).where('connectionId', '=', connectionId).executeTakeFirst()
  return row && open(row, box)
}

/** The connection a notice is addressed to. Only the owner can ask: a notice does not know its merchant yet. */
export async function findConnectionByAccount(owner: Kysely<Database>, box: SecretBox, provider: string, account: string): Promise<Connection | undefined> {
  const row = await owner
    .selectFrom('connection')
    .select(COLUMNS)
    .where('provider', '=', provider)
    .where((eb) => eb(eb.fn<string>('jsonb_extract_path_text', ['settings', eb.val('account')]), '=', account))
    .orderBy('validFrom', 'desc')
    .executeTakeFirst()
  return row && open(row, box)
}

type Row = Pick<Connection, 'merchantId' | 'connectionId' | 'shopId' | 'provider' | 'connectionMethod' | 'methods' | 'baseUrl' | 'settings'> & { secretBox: string }

function open({ secretBox, ...row }: Row, box: SecretBox): Connection {
  const secrets = JSON.parse(box.open(secretBox, connectionContext(row.merchantId, row.connectionId))) as Record<string, string>
  return { ...row, baseUrl: row.baseUrl.replace(/\/$/, ''), secrets }
}
