import type { Kysely } from 'kysely'
import type { MemberPlace } from '@choba/shared/contracts/members.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>

export type InvitationRow = MemberPlace & {
  readonly invitationId: string
  readonly email: string
  readonly roleName: string | null
  readonly invitedAt: Date
  readonly expiresAt: Date
}

export function listInvitations(owner: Tx, merchantId: string, now: Date): Promise<InvitationRow[]> {
  return owner
    .selectFrom('invitation')
    .leftJoin('customRole', (join) =>
      join
        .onRef('customRole.merchantId', '=', 'invitation.merchantId')
        .onRef('customRole.roleId', '=', 'invitation.customRoleId'),
    )
    .select(['invitationId', 'email', 'role', 'customRoleId', 'shopIds', 'invitedAt', 'expiresAt'])
    .select('customRole.name as roleName')
    .where('invitation.merchantId', '=', merchantId)
    .where('acceptedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('invitedAt', 'desc')
    .execute()
}

export async function insertInvitation(
  tx: Tx,
  invitation: MemberPlace & {
    readonly merchantId: string
    readonly invitationId: string
    readonly email: string
    readonly tokenHash: Buffer
    readonly invitedBy: string
    readonly invitedAt: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  await tx.insertInto('invitation').values(invitation).execute()
}

/** Ends open invitations, by id or by address; answers the addresses they went to. */
export async function withdrawInvitations(
  tx: Tx,
  merchantId: string,
  which: { readonly invitationId: string } | { readonly email: string },
  now: Date,
): Promise<string[]> {
  const rows = await tx
    .updateTable('invitation')
    .set({ withdrawnAt: now })
    .where('merchantId', '=', merchantId)
    .$if('invitationId' in which, (query) =>
      query.where('invitationId', '=', (which as { invitationId: string }).invitationId),
    )
    .$if('email' in which, (query) => query.where('email', '=', (which as { email: string }).email))
    .where('acceptedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .returning('email')
    .execute()
  return rows.map(({ email }) => email)
}

export type OpenInvitation = MemberPlace & {
  readonly merchantId: string
  readonly merchant: string
  readonly invitationId: string
  readonly email: string
}

/** By the token of the link, whoever holds it; locked against a second acceptance. */
export function lockOpenInvitation(tx: Tx, tokenHash: Buffer, now: Date): Promise<OpenInvitation | undefined> {
  return tx
    .selectFrom('invitation')
    .innerJoin('merchant', 'merchant.merchantId', 'invitation.merchantId')
    .select(['invitation.merchantId', 'merchant.name as merchant', 'invitationId', 'email'])
    .select(['role', 'customRoleId', 'shopIds'])
    .where('tokenHash', '=', tokenHash)
    .where('acceptedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('expiresAt', '>', now)
    .forUpdate('invitation')
    .executeTakeFirst()
}

export async function markAccepted(
  tx: Tx,
  { merchantId, invitationId }: Pick<OpenInvitation, 'merchantId' | 'invitationId'>,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ acceptedAt: now })
    .where('merchantId', '=', merchantId)
    .where('invitationId', '=', invitationId)
    .execute()
}
