/** What whoever runs the server can do for people who are locked out. Each act stands in the audit log of their merchant. */
import { type Kysely, sql } from 'kysely'
import { audit } from './audit/audit.ts'
import { randomPassword } from './auth/passwords.ts'
import { getUserId, setPassword } from './auth/users.ts'
import type { Actor } from './core/actor.ts'
import { StartError } from './core/start-error.ts'
import type { Database } from './db/schema.ts'

type Owner = Kysely<Database>

const COMMAND_LINE: Actor = { kind: 'job', id: 'cli' }

/** A new password, told once; their sessions end. @throws StartError when nobody has this e-mail */
export async function recoverPassword(owner: Owner, email: string): Promise<{ email: string; password: string }> {
  const password = randomPassword()
  await forPerson(owner, email, 'user.recover_password', (tx, userId) => setPassword(tx, userId, password))
  return { email, password }
}

/** Codes and passkeys are gone, the password alone lets in again; their sessions end. @throws StartError */
export async function removeSecondFactor(owner: Owner, email: string): Promise<{ email: string }> {
  await forPerson(owner, email, 'user.remove_second_factor', async (tx, userId) => {
    await sql`delete from auth_two_factor where user_id = ${userId}`.execute(tx)
    await sql`delete from auth_passkey where user_id = ${userId}`.execute(tx)
    await sql`update auth_user set two_factor_enabled = false, updated_at = now() where id = ${userId}`.execute(tx)
    await sql`delete from auth_session where user_id = ${userId}`.execute(tx)
  })
  return { email }
}

/** Of every shop, and let in again when they were deactivated. @throws StartError */
export async function makeAdmin(owner: Owner, email: string): Promise<{ email: string; role: 'admin' }> {
  await forPerson(owner, email, 'user.make_admin', async (tx, userId) => {
    await tx
      .updateTable('member')
      .set({ role: 'admin', customRoleId: null, shopIds: null, deactivatedAt: null })
      .where('userId', '=', userId)
      .execute()
  })
  return { email, role: 'admin' }
}

/** People and programs may come from anywhere again. */
export async function clearAddresses(owner: Owner, merchantId: string): Promise<{ merchantId: string }> {
  await owner.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('merchantSecurity')
      .select('allowedAddresses')
      .where('merchantId', '=', merchantId)
      .executeTakeFirst()
    await tx
      .updateTable('merchantSecurity')
      .set({ allowedAddresses: [] })
      .where('merchantId', '=', merchantId)
      .execute()
    await audit(tx, {
      merchantId,
      actor: COMMAND_LINE,
      action: 'security.change',
      subject: { kind: 'merchant', id: merchantId },
      before: { allowedAddresses: before?.allowedAddresses ?? [] },
      after: { allowedAddresses: [] },
    })
  })
  return { merchantId }
}

export async function tellAdded(
  owner: Owner,
  { merchantId, userId, ...after }: { merchantId: string; userId: string; email: string; role: string },
): Promise<void> {
  const subject = { kind: 'user', id: userId }
  await audit(owner, { merchantId, actor: COMMAND_LINE, action: 'user.add', subject, after })
}

async function forPerson(
  owner: Owner,
  email: string,
  action: string,
  act: (tx: Owner, userId: string) => Promise<void>,
): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    const userId = await getUserId(tx, email).catch((error: Error) => {
      throw new StartError(`${error.message}.`)
    })
    await act(tx, userId)
    const memberships = await tx.selectFrom('member').select('merchantId').where('userId', '=', userId).execute()
    for (const { merchantId } of memberships)
      await audit(tx, { merchantId, actor: COMMAND_LINE, action, subject: { kind: 'user', id: userId } })
  })
}
