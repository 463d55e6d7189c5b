import type { Kysely } from 'kysely'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import type { Database } from '../../db/schema.ts'

export type EndSessions = { endAll(tx: Kysely<Database>, userId: string): Promise<number> }

/** Sessions belong to no merchant, so the owner's connection does this; the merchant's audit log hears of it. */
export async function signOutEverywhere(db: Db, sessions: EndSessions, caller: Session): Promise<number> {
  return db.owner.transaction().execute(async (tx) => {
    const ended = await sessions.endAll(tx, caller.userId)
    await audit(tx, {
      merchantId: caller.merchantId,
      actor: person(caller),
      action: 'session.end_all',
      subject: { kind: 'user', id: caller.userId },
      after: { ended },
    })
    return ended
  })
}
