/**
 * What the audit log hears of people at the door. Whoever cannot sign in decides how often they try, so what is written of it
 * is bounded: the first few of a person within a while each make an entry, the rest are counted and told together. Of
 * addresses nobody has, nothing is kept.
 */
import type { Kysely } from 'kysely'
import { audit, type AuditEntry } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import type { Log } from '../../core/log.ts'
import { type RequestOrigin, requestOrigin, withOrigin } from '../../core/request-origin.ts'
import type { Session } from '../../core/session.ts'
import type { Claimed, SignInLog, SignInMethod } from '../../core/sign-in.ts'
import type { Database } from '../../db/schema.ts'
import {
  type AttemptKind,
  type Claimant,
  countAttempt,
  type CountedAttempts,
  findChallenged,
  findClaimant,
  takeAttempts,
} from './sign-ins.queries.ts'

export type SignIns = SignInLog & {
  signedOut(session: Session): Promise<void>
  /** Somebody with a session, or a key, who comes from where the merchant lets nobody in. */
  addressRefused(session: Session): void
}

/** How many of one person make an entry each, until the count is told. */
const TOLD_ONE_BY_ONE = { failed: 5, refused: 1 } as const satisfies Record<AttemptKind, number>
const COUNTED_FOR_MS = 10 * 60_000
/** Written one after another, on one connection: beyond that many that wait, more are not even counted. */
const MOST_WAITING = 1_000

type SignInsDeps = { readonly owner: Kysely<Database>; readonly log: Log }
type Note = { readonly origin: RequestOrigin | undefined; readonly write: () => Promise<void> }

export function createSignIns({ owner, log }: SignInsDeps): SignIns {
  const waiting: Note[] = []
  let isWriting = false

  function later(write: () => Promise<void>): void {
    if (waiting.length >= MOST_WAITING) return
    waiting.push({ origin: requestOrigin(), write })
    if (!isWriting) void writeAll()
  }

  async function writeAll(): Promise<void> {
    isWriting = true
    for (let note = waiting.shift(); note !== undefined; note = waiting.shift()) {
      const { origin, write } = note
      await (origin === undefined ? write() : withOrigin(origin, write)).catch((error: unknown) =>
        log.error({ err: error }, 'a failed sign-in could not be noted'),
      )
    }
    isWriting = false
  }

  async function tellFailed({ merchantId, userId }: Claimant, after: object): Promise<void> {
    await tellCounted(owner, {
      merchantId,
      kind: 'failed',
      // Whoever it was: not known to be this person.
      actor: VISITOR,
      subject: { kind: 'user', id: userId },
      after,
    })
  }

  return {
    async signedIn(userId, method) {
      const found = await findClaimant(owner, { userId })
      if (found === undefined) return
      if (!found.isActive) return tellFailed(found, { how: method, why: 'deactivated' })
      await audit(owner, {
        merchantId: found.merchantId,
        actor: person({ userId }),
        action: 'session.sign_in',
        subject: { kind: 'user', id: userId },
        after: { how: method },
      })
    },
    challenged: (challenge) => findChallenged(owner, challenge),
    failed(claimed: Claimed, method: SignInMethod) {
      later(async () => {
        const found = await findClaimant(owner, claimed)
        if (found !== undefined) await tellFailed(found, { how: method })
      })
    },
    async signedOut(session) {
      await audit(owner, { ...by(session), action: 'session.sign_out' })
    },
    addressRefused(session) {
      later(() => tellCounted(owner, { ...by(session), kind: 'refused' }))
    },
  }
}

const ACTIONS = { failed: 'session.sign_in_failed', refused: 'session.address_refused' } as const
const VISITOR = { kind: 'visitor', id: null } as const

function by(session: Session) {
  const { merchantId, userId } = session
  return { merchantId, actor: person(session), subject: { kind: 'user', id: userId } }
}

/** One more of a person: an entry of its own, or only counted. */
async function tellCounted(
  owner: Kysely<Database>,
  { kind, ...entry }: Omit<AuditEntry, 'action'> & { readonly kind: AttemptKind },
): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    const ip = requestOrigin()?.ip ?? null
    const times = await countAttempt(tx, { merchantId: entry.merchantId, userId: entry.subject.id, kind, ip })
    if (times <= TOLD_ONE_BY_ONE[kind]) await audit(tx, { ...entry, action: ACTIONS[kind] })
  })
}

/** What was only counted is told once its while is over, and counting begins anew. */
export async function tellAttempts(owner: Kysely<Database>, now: Date): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    for (const counted of await takeAttempts(tx, new Date(now.getTime() - COUNTED_FOR_MS)))
      if (counted.times > TOLD_ONE_BY_ONE[counted.kind]) await audit(tx, toldOf(counted))
  })
}

function toldOf({ merchantId, userId, kind, since, lastAt, lastIp, times }: CountedAttempts): AuditEntry {
  return {
    merchantId,
    actor: kind === 'failed' ? VISITOR : person({ userId }),
    action: ACTIONS[kind],
    subject: { kind: 'user', id: userId },
    after: { times, more: times - TOLD_ONE_BY_ONE[kind], since, until: lastAt, lastFrom: lastIp },
  }
}
