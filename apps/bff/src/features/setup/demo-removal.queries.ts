import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

export function getDemoState(owner: Kysely<Database>, merchantId: string): Promise<{ name: string; isDemo: boolean }> {
  return owner
    .selectFrom('merchant')
    .select(['name', 'isDemo'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
}

export async function countDemo(
  owner: Kysely<Database>,
  merchantId: string,
): Promise<{ payments: number; people: number }> {
  const { rows } = await sql<{ payments: number; people: number }>`
    select (select count(*) from payment where merchant_id = ${merchantId}::uuid)::int as payments,
        (select count(*) from member where merchant_id = ${merchantId}::uuid)::int as people`.execute(owner)
  return rows[0] ?? { payments: 0, people: 0 }
}
