import { KEY_PERMISSIONS } from '@choba/shared/contracts/api-keys.ts'
import { PERMISSIONS, permissionsOf, type RoleCode } from '@choba/shared/permissions.ts'
import { type Kysely, sql } from 'kysely'
import { KEY_PREFIX } from '../core/actor.ts'
import type { Session } from '../core/session.ts'
import type { Db } from './client.ts'
import type { Database } from './schema.ts'

/** Names of the merchant's own people. Accounts belong to no merchant, so only the owner's connection can ask. */
export async function listNames(db: Db, merchantId: string, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select auth_user.id, auth_user.name from auth_user join member on member.user_id = auth_user.id
    where member.merchant_id = ${merchantId}::uuid and auth_user.id = any(${userIds}::text[])`.execute(db.owner)
  const keys = await listKeyNames(db, merchantId, userIds)
  return new Map([...rows.map(({ id, name }) => [id, name] as const), ...keys])
}

/** Everybody who is or was a member, and every key there is or was, by name. */
export async function listActors(db: Db, merchantId: string): Promise<Array<{ id: string; name: string }>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select auth_user.id, auth_user.name from auth_user join member on member.user_id = auth_user.id where member.merchant_id = ${merchantId}::uuid
    union all select ${KEY_PREFIX} || key_id::text, name from api_key where merchant_id = ${merchantId}::uuid
    order by name`.execute(db.owner)
  return rows
}

/** Programs act under the name of their key. */
async function listKeyNames(
  db: Db,
  merchantId: string,
  actorIds: readonly string[],
): Promise<ReadonlyArray<readonly [string, string]>> {
  const keyIds = actorIds.filter((id) => id.startsWith(KEY_PREFIX)).map((id) => id.slice(KEY_PREFIX.length))
  if (keyIds.length === 0) return []
  const rows = await db.owner
    .selectFrom('apiKey')
    .select(['keyId', 'name'])
    .where('merchantId', '=', merchantId)
    .where('keyId', 'in', keyIds)
    .execute()
  return rows.map(({ keyId, name }) => [`${KEY_PREFIX}${keyId}`, name])
}

export type Membership = Pick<Session, 'merchantId' | 'role' | 'roleName' | 'permissions' | 'shops'>

/** What a person may do today, undefined for nothing: what they may no longer do is not done in their name. */
export async function findMembership(
  db: Kysely<Database>,
  userId: string,
  merchantId?: string,
): Promise<Membership | undefined> {
  if (userId.startsWith(KEY_PREFIX)) return findKeyMembership(db, userId.slice(KEY_PREFIX.length))
  // A person belongs to one merchant today; should there be more, the first one made is taken.
  const row = await db
    .selectFrom('member')
    .innerJoin('merchant', 'merchant.merchantId', 'member.merchantId')
    .leftJoin('customRole', (join) =>
      join
        .onRef('customRole.merchantId', '=', 'member.merchantId')
        .onRef('customRole.roleId', '=', 'member.customRoleId'),
    )
    .select(['member.merchantId', 'member.role', 'member.shopIds', 'customRole.name', 'customRole.permissions'])
    .where('member.userId', '=', userId)
    .where('member.deactivatedAt', 'is', null)
    .$if(merchantId !== undefined, (query) => query.where('member.merchantId', '=', merchantId as string))
    .orderBy('merchant.createdAt')
    .orderBy('merchant.merchantId')
    .limit(1)
    .executeTakeFirst()
  return row && toMembership(row)
}

export type Colleague = Membership & {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly customRoleId: string | null
}

/** Everybody who is a member today, by name. Accounts belong to no merchant: only the owner's connection can ask. */
export async function listColleagues(owner: Kysely<Database>, merchantId: string): Promise<Colleague[]> {
  const { rows } = await sql<Parameters<typeof toMembership>[0] & Account>`
    select m.merchant_id, m.user_id, m.role, m.shop_ids, m.custom_role_id, c.name, c.permissions, u.name as person, u.email
      from member m join auth_user u on u.id = m.user_id
      left join custom_role c on c.merchant_id = m.merchant_id and c.role_id = m.custom_role_id
     where m.merchant_id = ${merchantId}::uuid and m.deactivated_at is null
     order by u.name, m.user_id`.execute(owner)
  return rows.map(({ userId, customRoleId, person, email, ...row }) => ({
    ...toMembership(row),
    userId,
    customRoleId,
    name: person,
    email,
  }))
}

type Account = {
  readonly userId: string
  readonly customRoleId: string | null
  readonly person: string
  readonly email: string
}

function toMembership(row: {
  readonly merchantId: string
  readonly role: RoleCode
  readonly shopIds: string[] | null
  readonly name: string | null
  readonly permissions: string[] | null
}): Membership {
  const { merchantId, role } = row
  const held = row.permissions ?? []
  return {
    merchantId,
    role,
    roleName: row.name,
    // A permission that a later version knew and this one does not gives nothing.
    permissions: role === 'custom' ? PERMISSIONS.filter((each) => held.includes(each)) : permissionsOf(role),
    shops: row.shopIds ?? 'all',
  }
}

/** What a key may do, undefined once it has run out or was revoked: background work it began ends with it. */
async function findKeyMembership(db: Kysely<Database>, keyId: string): Promise<Membership | undefined> {
  const row = await db
    .selectFrom('apiKey')
    .select(['merchantId', 'name', 'permissions'])
    .where('keyId', '=', keyId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', new Date())
    .executeTakeFirst()
  return row && keyMembership(row)
}

export function keyMembership(row: {
  readonly merchantId: string
  readonly name: string
  readonly permissions: readonly string[]
}): Membership {
  return {
    merchantId: row.merchantId,
    role: 'custom',
    roleName: row.name,
    permissions: KEY_PERMISSIONS.filter((each) => row.permissions.includes(each)),
    shops: 'all',
  }
}
