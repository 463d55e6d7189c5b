import { safety } from '@choba/shared/contracts/safety.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { changeSafety, getOwnRules, getSafety } from './safety.service.ts'

export function mountSafety(app: App, deps: Parameters<typeof getSafety>[0]): void {
  mount(app, safety.get, (_input, session) => getSafety(deps, session))
  mount(app, safety.put, ({ body }, session) => changeSafety(deps, session, body))
  mount(app, safety.own, (_input, session) => getOwnRules(deps, session))
}
