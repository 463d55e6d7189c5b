/** Who calls: the holder of an API key by `Authorization: Bearer`, else a person by their cookie. */
import type { Kysely } from 'kysely'
import { KEY_PREFIX } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import type { Session } from '../core/session.ts'
import { keyMembership } from '../db/people.ts'
import type { Database } from '../db/schema.ts'
import { API_KEY_TOKEN, hashToken } from '../core/api-key-token.ts'
import type { ResolvedSession, Sessions } from './sessions.ts'

export type Callers = { readonly resolve: (headers: Headers) => Promise<ResolvedSession | undefined> }

/** "Last used" is written that rarely: a busy program must not write a row with each reading. */
const USE_NOTED_EVERY_MS = 60_000

type CallersDeps = { readonly sessions: Sessions; readonly owner: Kysely<Database>; readonly clock: Clock }

/** A request with a token is the token's, whatever cookie comes with it. */
export function createCallers({ sessions, owner, clock }: CallersDeps): Callers {
  return {
    async resolve(headers) {
      const bearer = /^Bearer (.+)$/i.exec(headers.get('Authorization') ?? '')?.[1]
      if (bearer === undefined) return sessions.resolve(headers)
      const session = API_KEY_TOKEN.test(bearer) ? await findHolder(owner, bearer, clock.now()) : undefined
      return session && { session, cookies: [] }
    },
  }
}

async function findHolder(owner: Kysely<Database>, token: string, now: Date): Promise<Session | undefined> {
  const key = await owner
    .selectFrom('apiKey')
    .select(['merchantId', 'keyId', 'name', 'permissions', 'lastUsedAt'])
    .where('tokenHash', '=', hashToken(token))
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  if (!key) return undefined
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > USE_NOTED_EVERY_MS)
    await owner.updateTable('apiKey').set({ lastUsedAt: now }).where('keyId', '=', key.keyId).execute()
  return { ...keyMembership(key), userId: `${KEY_PREFIX}${key.keyId}`, name: key.name, email: '' }
}
