import { type Kysely, sql } from 'kysely'
import type { Claimed } from '../../core/sign-in.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>

export type Claimant = { readonly merchantId: string; readonly userId: string; readonly isActive: boolean }

/** The merchant's person somebody says to be, undefined for nobody we know. */
export async function findClaimant(owner: Tx, claimed: Claimed): Promise<Claimant | undefined> {
  const { rows } = await sql<Claimant>`
    select merchant_id, user_id, deactivated_at is null as is_active from member join merchant using (merchant_id)
      where user_id = ${userOf(claimed)} order by deactivated_at is not null, merchant.created_at, merchant_id limit 1`.execute(
    owner,
  )
  return rows[0]
}

function userOf(claimed: Claimed) {
  if ('userId' in claimed) return sql`${claimed.userId}`
  if ('email' in claimed) return sql`(select id from auth_user where email = ${claimed.email.toLowerCase()})`
  return sql`(select user_id from auth_passkey where credential_id = ${claimed.credentialId})`
}

/** Whose second step `challenge` began. */
export async function findChallenged(owner: Tx, challenge: string): Promise<string | undefined> {
  const { rows } = await sql<{ userId: string }>`
    select value as user_id from auth_verification where identifier = ${challenge} order by created_at desc limit 1`.execute(
    owner,
  )
  return rows[0]?.userId
}

export type AttemptKind = 'failed' | 'refused'
type Attempt = {
  readonly merchantId: string
  readonly userId: string
  readonly kind: AttemptKind
  readonly ip: string | null
}

/** Counts one more, and answers how many there are of this person. */
export async function countAttempt(tx: Tx, { merchantId, userId, kind, ip }: Attempt): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    insert into auth_attempt (merchant_id, user_id, kind, last_ip) values (${merchantId}::uuid, ${userId}, ${kind}, ${ip})
      on conflict (merchant_id, user_id, kind) do update set times = auth_attempt.times + 1, last_at = now(), last_ip = excluded.last_ip
      returning times`.execute(tx)
  return rows[0]?.times ?? 0
}

export type CountedAttempts = Omit<Attempt, 'ip'> & {
  readonly since: Date
  readonly lastAt: Date
  readonly lastIp: string | null
  readonly times: number
}

/** Takes away the counts that began before, and answers them. */
export async function takeAttempts(tx: Tx, before: Date): Promise<CountedAttempts[]> {
  const { rows } = await sql<CountedAttempts>`
    delete from auth_attempt where since < ${before}
      returning merchant_id, user_id, kind, since, last_at, last_ip, times`.execute(tx)
  return rows
}
