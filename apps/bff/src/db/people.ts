import { sql } from 'kysely'
import type { Db } from './client.ts'

/** Names of the merchant's own people. Accounts belong to no merchant, so only the owner's connection can ask. */
export async function listNames(db: Db, merchantId: string, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select auth_user.id, auth_user.name from auth_user join member on member.user_id = auth_user.id
    where member.merchant_id = ${merchantId}::uuid and auth_user.id = any(${userIds}::text[])`.execute(db.owner)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
