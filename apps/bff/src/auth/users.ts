/** People's accounts, made and repaired by whoever runs the server: there is no sign-up. */
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { type Kysely, sql } from 'kysely'
import type { Role } from '@choba/shared/permissions.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'

export type NewUser = {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly merchantId: string
  readonly role: Role
}

/** Adds the person, or finds the one with this e-mail, and makes them a member in this role. Answers the user's id. */
export async function ensureUser(owner: Kysely<Database>, user: NewUser): Promise<string> {
  return owner.transaction().execute(async (tx) => {
    const userId = await createAccount(tx, user)
    await tx
      .insertInto('member')
      .values({ merchantId: user.merchantId, userId, role: user.role })
      .onConflict((conflict) => conflict.columns(['merchantId', 'userId']).doUpdateSet({ role: user.role }))
      .execute()
    return userId
  })
}

/** The account of the person with this e-mail, made when there is none, with this password. Answers the user's id. */
export async function createAccount(
  tx: Kysely<Database>,
  { email, name, password }: Pick<NewUser, 'email' | 'name' | 'password'>,
): Promise<string> {
  const address = email.toLowerCase()
  await sql`insert into auth_user (id, name, email, email_verified) values (${uuidv7()}, ${name}, ${address}, true) on conflict (email) do nothing`.execute(
    tx,
  )
  const userId = await getUserId(tx, address)
  await setPassword(tx, userId, password)
  return userId
}

export async function isPassword(db: Kysely<Database>, userId: string, password: string): Promise<boolean> {
  const { rows } = await sql<{ password: string | null }>`
    select password from auth_account where user_id = ${userId} and provider_id = 'credential'`.execute(db)
  const hash = rows[0]?.password
  return hash ? verifyPassword({ hash, password }) : false
}

/** Replaces the password and ends the person's sessions; one that is the password already changes nothing. */
export async function setPassword(tx: Kysely<Database>, userId: string, password: string): Promise<void> {
  const { rows } = await sql<{ password: string | null }>`
    select password from auth_account where user_id = ${userId} and provider_id = 'credential'`.execute(tx)
  const known = rows[0]?.password
  if (known && (await verifyPassword({ hash: known, password }))) return
  const hash = await hashPassword(password)
  await sql`
    insert into auth_account (id, user_id, account_id, provider_id, password)
    values (${uuidv7()}, ${userId}, ${userId}, 'credential', ${hash})
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`.execute(tx)
  await sql`delete from auth_session where user_id = ${userId}`.execute(tx)
}

/** @throws when nobody has this e-mail */
export async function getUserId(db: Kysely<Database>, email: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from auth_user where email = ${email.toLowerCase()}`.execute(db)
  if (!rows[0]) throw new Error(`nobody has the e-mail ${email}`)
  return rows[0].id
}
