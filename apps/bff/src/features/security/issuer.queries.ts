import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>

export type IssuerRow = {
  readonly name: string
  readonly issuerUrl: string
  readonly clientId: string
  readonly secretBox: string
  readonly mailDomain: string | null
  readonly isOn: boolean
}

export function findIssuer(owner: Tx, merchantId: string): Promise<IssuerRow | undefined> {
  return owner
    .selectFrom('oidcIssuer')
    .select(['name', 'issuerUrl', 'clientId', 'secretBox', 'mailDomain', 'isOn'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
}

export async function putIssuer(tx: Tx, merchantId: string, issuer: IssuerRow): Promise<void> {
  await tx
    .insertInto('oidcIssuer')
    .values({ merchantId, ...issuer })
    .onConflict((conflict) => conflict.column('merchantId').doUpdateSet(issuer))
    .execute()
}

/** What the sign-in page offers. */
export function listOpenIssuers(owner: Tx): Promise<Array<{ merchantId: string; name: string }>> {
  return owner
    .selectFrom('oidcIssuer')
    .select(['merchantId', 'name'])
    .where('isOn', '=', true)
    .orderBy('name')
    .limit(20)
    .execute()
}

/** A member of this merchant who may sign in. */
export async function findMemberByEmail(owner: Tx, merchantId: string, email: string): Promise<string | undefined> {
  const { rows } = await sql<{ userId: string }>`
    select member.user_id from auth_user join member on member.user_id = auth_user.id
      where auth_user.email = ${email} and member.merchant_id = ${merchantId}::uuid and member.deactivated_at is null`.execute(
    owner,
  )
  return rows[0]?.userId
}
