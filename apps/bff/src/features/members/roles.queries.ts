import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>
export type RoleKey = { readonly merchantId: string; readonly roleId: string }
export type StoredRole = { readonly name: string; readonly permissions: string[] }
export type RoleRow = StoredRole & { readonly roleId: string; readonly holders: number }

export async function listRoles(owner: Tx, merchantId: string): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select role_id, name, permissions, (
             select count(*) from member
              where member.merchant_id = custom_role.merchant_id and member.custom_role_id = custom_role.role_id
           ) + (
             select count(*) from invitation
              where invitation.merchant_id = custom_role.merchant_id and invitation.custom_role_id = custom_role.role_id
                and accepted_at is null and withdrawn_at is null
           ) as holders
      from custom_role where merchant_id = ${merchantId}::uuid order by name`.execute(owner)
  return rows
}

export function findRole(tx: Tx, { merchantId, roleId }: RoleKey): Promise<StoredRole | undefined> {
  return tx
    .selectFrom('customRole')
    .select(['name', 'permissions'])
    .where('merchantId', '=', merchantId)
    .where('roleId', '=', roleId)
    .executeTakeFirst()
}

export async function roleNameTaken(tx: Tx, { merchantId, roleId }: RoleKey, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom('customRole')
    .select('roleId')
    .where('merchantId', '=', merchantId)
    .where('name', '=', name)
    .where('roleId', '<>', roleId)
    .executeTakeFirst()
  return row !== undefined
}

export async function putRole(tx: Tx, { merchantId, roleId }: RoleKey, role: StoredRole): Promise<void> {
  await tx
    .insertInto('customRole')
    .values({ merchantId, roleId, ...role })
    .onConflict((conflict) => conflict.columns(['merchantId', 'roleId']).doUpdateSet(role))
    .execute()
}

/** Also from ended invitations, which then tell no role. */
export async function deleteRole(tx: Tx, { merchantId, roleId }: RoleKey): Promise<void> {
  await tx
    .deleteFrom('invitation')
    .where('merchantId', '=', merchantId)
    .where('customRoleId', '=', roleId)
    .where((eb) => eb.or([eb('acceptedAt', 'is not', null), eb('withdrawnAt', 'is not', null)]))
    .execute()
  await tx.deleteFrom('customRole').where('merchantId', '=', merchantId).where('roleId', '=', roleId).execute()
}
