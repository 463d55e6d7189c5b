/** From a cookie to the person, the merchant and what they may do; and the end of all of a person's sessions. */
import { type Kysely, sql } from 'kysely'
import type { Session } from '../core/session.ts'
import { findMembership, type Membership } from '../db/people.ts'
import type { Database } from '../db/schema.ts'
import type { Auth } from './auth.ts'

export type ResolvedSession = { readonly session: Session; readonly cookies: readonly string[] }

export type Sessions = {
  resolve(headers: Headers): Promise<ResolvedSession | undefined>
  /** Ends every session of a person and answers how many there were. Other processes notice within {@link CACHE_MS}. */
  endAll(tx: Kysely<Database>, userId: string): Promise<number>
  /** After a change of what a person may do: this process looks again. */
  forgetPerson(userId: string): void
  /** What stands for this session in its table. */
  tokenOf(headers: Headers): string | undefined
  /** After a sign-out or a change of password: the cache must not outlive the session. */
  forget(headers: Headers): void
}

/** A page asks for several things at once; the answer to "who is this" may be that old, no older. */
export const CACHE_MS = 2_000
const CACHE_ENTRIES = 2_000
const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?choba\.session_token=([^;]+)/

type Entry = { readonly session: Session; readonly until: number }

export function createSessions(auth: Auth, owner: Kysely<Database>): Sessions {
  const cache = new Map<string, Entry>()
  function forgetPerson(userId: string): void {
    for (const [token, entry] of cache) if (entry.session.userId === userId) cache.delete(token)
  }

  return {
    async resolve(headers) {
      const token = tokenOf(headers)
      if (token === undefined) return undefined
      const known = cache.get(token)
      if (known && known.until > Date.now()) return { session: known.session, cookies: [] }
      cache.delete(token)
      const { headers: answered, response: found } = await auth.api.getSession({ headers, returnHeaders: true })
      const membership = found ? await findMembership(owner, found.user.id) : undefined
      if (!found || !membership) return undefined
      const session: Session = {
        userId: found.user.id,
        name: found.user.name,
        email: found.user.email,
        ...membership,
        ...((await needsSecondFactor(owner, found.user.id, membership)) && { needsSecondFactor: true }),
      }
      remember(cache, token, session)
      return { session, cookies: answered.getSetCookie() }
    },
    async endAll(tx, userId) {
      const { numAffectedRows } = await sql`delete from auth_session where user_id = ${userId}`.execute(tx)
      forgetPerson(userId)
      return Number(numAffectedRows ?? 0)
    },
    forgetPerson,
    tokenOf: (headers) => decodeURIComponent(tokenOf(headers) ?? '').split('.')[0],
    forget(headers) {
      const token = tokenOf(headers)
      if (token !== undefined) cache.delete(token)
    },
  }
}

/** The merchant may ask it of whoever is an admin, or can do as much. */
async function needsSecondFactor(
  owner: Kysely<Database>,
  userId: string,
  { merchantId, role, permissions }: Membership,
): Promise<boolean> {
  if (role !== 'admin' && !permissions.includes('people.manage')) return false
  const { rows } = await sql<{ missing: boolean }>`
    select exists (select from merchant_security where merchant_id = ${merchantId}::uuid and admins_need_second_factor)
      and not (select two_factor_enabled from auth_user where id = ${userId})
      and not exists (select from auth_passkey where user_id = ${userId}) as missing`.execute(owner)
  return rows[0]?.missing ?? false
}

function tokenOf(headers: Headers): string | undefined {
  return SESSION_COOKIE.exec(headers.get('Cookie') ?? '')?.[1]
}

function remember(cache: Map<string, Entry>, token: string, session: Session): void {
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value as string)
  cache.set(token, { session, until: Date.now() + CACHE_MS })
}
