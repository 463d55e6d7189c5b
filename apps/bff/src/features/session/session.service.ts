import type { Kysely } from 'kysely'
import { dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import { type Db, readonly } from '../../db/client.ts'
import type { Database } from '../../db/schema.ts'
import { getWorkplace, type Workplace } from './session.queries.ts'

export type SessionDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly sessions: { endAll(tx: Kysely<Database>, userId: string): Promise<number> }
  /** Open event streams of a person. */
  readonly hub: { dropUser(userId: string): void }
}

export async function getWorkday(
  { db, clock }: SessionDeps,
  { merchantId }: Session,
): Promise<Workplace & { today: BusinessDate }> {
  return { ...(await getWorkplace(readonly(db.merchant(merchantId)), merchantId)), today: dayOf(clock.now()) }
}

/** Sessions belong to no merchant, so the owner's connection does this; the merchant's audit log hears of it. */
export async function signOutEverywhere({ db, sessions, hub }: SessionDeps, caller: Session): Promise<number> {
  const ended = await db.owner.transaction().execute(async (tx) => {
    const count = await sessions.endAll(tx, caller.userId)
    await audit(tx, {
      merchantId: caller.merchantId,
      actor: person(caller),
      action: 'session.end_all',
      subject: { kind: 'user', id: caller.userId },
      after: { ended: count },
    })
    return count
  })
  hub.dropUser(caller.userId)
  return ended
}
