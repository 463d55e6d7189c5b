import { session } from '@choba/shared/contracts/session.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { Clock } from '../../core/clock.ts'
import { type Db, readonly } from '../../db/client.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getWorkplace } from './session.queries.ts'
import { type EndSessions, signOutEverywhere } from './session.service.ts'

export type SessionDeps = { readonly db: Db; readonly clock: Clock; readonly sessions: EndSessions; readonly hub: { dropUser(userId: string): void } }

export function mountSession(app: App, deps: SessionDeps): void {
  mount(app, session.get, async (_input, { userId, name, email, role, merchantId }) => ({
    user: { id: userId, name, email },
    role,
    ...(await getWorkplace(readonly(deps.db.merchant(merchantId)), merchantId)),
    today: dayOf(deps.clock.now()),
  }))
  mount(app, session.signOutEverywhere, async (_input, caller) => {
    const ended = await signOutEverywhere(deps.db, deps.sessions, caller)
    deps.hub.dropUser(caller.userId)
    return { ended }
  })
}
