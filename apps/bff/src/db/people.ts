import type { Role } from '@choba/shared/permissions.ts'
import { type Kysely, sql } from 'kysely'
import type { Db } from './client.ts'
import type { Database } from './schema.ts'

/** Names of the merchant's own people. Accounts belong to no merchant, so only the owner's connection can ask. */
export async function listNames(db: Db, merchantId: string, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select auth_user.id, auth_user.name from auth_user join member on member.user_id = auth_user.id
    where member.merchant_id = ${merchantId}::uuid and auth_user.id = any(${userIds}::text[])`.execute(db.owner)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The role a person has today, undefined for none: what they may no longer do is not done in their name. */
export async function findRole(db: Kysely<Database>, merchantId: string, userId: string): Promise<Role | undefined> {
  const row = await db
    .selectFrom('member')
    .select('role')
    .where('merchantId', '=', merchantId)
    .where('userId', '=', userId)
    .executeTakeFirst()
  return row?.role
}
