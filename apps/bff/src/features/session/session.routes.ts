import { session } from '@choba/shared/contracts/session.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getWorkday, type SessionDeps, signOutEverywhere } from './session.service.ts'

export function mountSession(app: App, deps: SessionDeps): void {
  mount(app, session.get, async (_input, caller) => ({
    user: { id: caller.userId, name: caller.name, email: caller.email },
    role: caller.role,
    roleName: caller.roleName,
    permissions: [...caller.permissions],
    needsSecondFactor: caller.needsSecondFactor === true,
    ...(await getWorkday(deps, caller)),
  }))
  mount(app, session.signOutEverywhere, async (_input, caller) => ({ ended: await signOutEverywhere(deps, caller) }))
}
