/** People belong to no merchant, so all of this asks the owner's connection, and every query names the merchant. */
import { type Kysely, sql } from 'kysely'
import type { MemberPlace } from '@choba/shared/contracts/members.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>

export type MemberRow = MemberPlace & {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly roleName: string | null
  readonly deactivatedAt: Date | null
  readonly lastSignInAt: Date | null
  readonly hasSecondFactor: boolean
  readonly sessions: number
}

export async function listMembers(owner: Tx, merchantId: string, now: Date): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select member.user_id, auth_user.name, auth_user.email, member.role, member.custom_role_id, member.shop_ids,
           custom_role.name as role_name, member.deactivated_at, auth_user.last_sign_in_at,
           auth_user.two_factor_enabled or exists (select from auth_passkey where user_id = member.user_id) as has_second_factor,
           (select count(*) from auth_session where user_id = member.user_id and expires_at > ${now}) as sessions
      from member
      join auth_user on auth_user.id = member.user_id
      left join custom_role on custom_role.merchant_id = member.merchant_id and custom_role.role_id = member.custom_role_id
     where member.merchant_id = ${merchantId}::uuid
     order by member.deactivated_at is not null, auth_user.name, auth_user.email`.execute(owner)
  return rows
}

/** One change of people at a time, so that two admins cannot each remove the other. */
export async function lockPeople(tx: Tx, merchantId: string): Promise<void> {
  await tx
    .selectFrom('merchant')
    .select('merchantId')
    .where('merchantId', '=', merchantId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

export type StoredMember = MemberPlace & { readonly deactivatedAt: Date | null }

export function findMember(tx: Tx, merchantId: string, userId: string): Promise<StoredMember | undefined> {
  return tx
    .selectFrom('member')
    .select(['role', 'customRoleId', 'shopIds', 'deactivatedAt'])
    .where('merchantId', '=', merchantId)
    .where('userId', '=', userId)
    .executeTakeFirst()
}

export async function updateMember(
  tx: Tx,
  { merchantId, userId }: { readonly merchantId: string; readonly userId: string },
  change: Partial<StoredMember>,
): Promise<void> {
  await tx
    .updateTable('member')
    .set(change)
    .where('merchantId', '=', merchantId)
    .where('userId', '=', userId)
    .executeTakeFirstOrThrow()
}

export async function countAdmins(tx: Tx, merchantId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('merchantId', '=', merchantId)
    .where('role', '=', 'admin')
    .where('deactivatedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export async function countShops(tx: Tx, merchantId: string, shopIds: readonly string[]): Promise<number> {
  const { count } = await tx
    .selectFrom('shop')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('merchantId', '=', merchantId)
    .where('shopId', 'in', shopIds)
    .executeTakeFirstOrThrow()
  return count
}

/** Whoever has this address is somebody's member already, here or elsewhere. */
export async function isKnown(tx: Tx, email: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from auth_user join member on member.user_id = auth_user.id where auth_user.email = ${email} limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

export async function insertMember(
  tx: Tx,
  member: MemberPlace & { readonly merchantId: string; readonly userId: string },
): Promise<void> {
  await tx.insertInto('member').values(member).execute()
}
