import { type Kysely, sql } from 'kysely'
import type { Method } from '@choba/shared/methods.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>

export async function insertFirstMerchant(
  tx: Tx,
  merchant: { readonly merchantId: string; readonly name: string; readonly environment: 'live' | 'sandbox' },
): Promise<void> {
  await tx.insertInto('merchant').values(merchant).execute()
}

export async function insertFirstAdmin(tx: Tx, merchantId: string, userId: string): Promise<void> {
  await tx.insertInto('member').values({ merchantId, userId, role: 'admin' }).execute()
}

export type GuideFacts = {
  readonly name: string
  readonly environment: 'live' | 'sandbox'
  readonly methods: Method[]
  readonly skipped: string[]
  readonly isFinished: boolean
  readonly shops: number
  /** Methods of connections that have begun. */
  readonly connected: Method[]
  /** Methods whose closing and fees are known. */
  readonly termed: Method[]
  readonly imports: number
  /** One that went to a provider. */
  readonly hasPayment: boolean
}

/** How far the merchant is: all of it as the tables have it now. */
export async function readGuideFacts(db: Tx, merchantId: string): Promise<GuideFacts> {
  const { rows } = await sql<GuideFacts>`
    select m.name, m.environment, coalesce(g.methods, '{}') as methods, coalesce(g.skipped, '{}') as skipped, coalesce(g.is_finished, false) as is_finished,
        (select count(*) from shop s where s.merchant_id = m.merchant_id)::int as shops,
        array(select distinct unnest(c.methods) from connection c where c.merchant_id = m.merchant_id) as connected,
        array(select t.method from contract_term t where t.merchant_id = m.merchant_id and t.kind in ('closing', 'fees') group by t.method having count(distinct t.kind) = 2) as termed,
        (select count(*) from import_run r where r.merchant_id = m.merchant_id and r.kind = 'history' and r.state = 'done')::int as imports,
        exists (select from payment p where p.merchant_id = m.merchant_id and p.connection_method <> 'imported') as has_payment
      from merchant m left join setup_guide g on g.merchant_id = m.merchant_id where m.merchant_id = ${merchantId}::uuid`.execute(
    db,
  )
  return rows[0] as GuideFacts // a session is of a merchant that exists
}

export async function putGuide(
  tx: Tx,
  merchantId: string,
  guide: { readonly methods: Method[]; readonly skipped: string[]; readonly isFinished: boolean },
): Promise<void> {
  await tx
    .insertInto('setupGuide')
    .values({ merchantId, ...guide })
    .onConflict((conflict) => conflict.column('merchantId').doUpdateSet(guide))
    .execute()
}

export async function listConnectedMethods(db: Tx, merchantId: string, shopId: string): Promise<Method[]> {
  const { rows } = await sql<{ method: Method }>`
    select distinct unnest(methods) as method from connection where merchant_id = ${merchantId}::uuid and shop_id = ${shopId}::uuid`.execute(
    db,
  )
  return rows.map(({ method }) => method)
}
