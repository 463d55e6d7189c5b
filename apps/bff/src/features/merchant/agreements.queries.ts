import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

const COLUMNS = [
  'connectionId',
  'shopId',
  'provider',
  'connectionMethod',
  'methods',
  'baseUrl',
  'settings',
  'secretBox',
  'validFrom',
] as const

/** By shop and provider, the newest first. */
export function listAgreementRows(db: Kysely<Database>, merchantId: string) {
  return db
    .selectFrom('connection')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .orderBy('shopId')
    .orderBy('provider')
    .orderBy('connectionMethod')
    .orderBy('validFrom', 'desc')
    .execute()
}
export type AgreementRow = Awaited<ReturnType<typeof listAgreementRows>>[number]

export function lockAgreement(tx: Kysely<Database>, merchantId: string, connectionId: string) {
  return tx
    .selectFrom('connection')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .forUpdate()
    .executeTakeFirst()
}

/** Nothing is written when the id is there already. */
export async function insertAgreement(
  tx: Kysely<Database>,
  merchantId: string,
  row: Omit<AgreementRow, 'settings'> & { readonly settings: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('connection')
    .values({ ...row, merchantId, settings: JSON.stringify(row.settings) })
    .onConflict((conflict) => conflict.columns(['merchantId', 'connectionId']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function putAgreement(
  tx: Kysely<Database>,
  merchantId: string,
  connectionId: string,
  change: {
    readonly methods: string[]
    readonly baseUrl: string
    readonly settings: Readonly<Record<string, unknown>>
    readonly secretBox: string
  },
): Promise<void> {
  const { methods, baseUrl, settings, secretBox } = change
  await tx
    .updateTable('connection')
    .set({ methods, baseUrl, secretBox, settings: sql`settings || ${JSON.stringify(settings)}::jsonb` })
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .execute()
}

/**
 * Whether anybody's connection is of that account: a notice finds its connection by it. Asked by the owner, who sees all
 * merchants; the lock keeps two from taking it at once.
 */
export async function isAccountTaken(
  owner: Kysely<Database>,
  { provider, account, except }: { readonly provider: string; readonly account: string; readonly except: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from connection where provider = ${provider} and connection_id <> ${except}::uuid
      and jsonb_extract_path_text(settings, 'account') = ${account} limit 1`.execute(owner)
  return rows.length > 0
}

export async function lockAccount(tx: Kysely<Database>, provider: string, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`connection ${provider} ${account}`}, 0))`.execute(tx)
}
