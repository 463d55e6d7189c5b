import { actionReasons } from '@choba/shared/contracts/action-reasons.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { changeReasons, getReasons } from './action-reasons.service.ts'

export function mountActionReasons(app: App, deps: Parameters<typeof getReasons>[0]): void {
  mount(app, actionReasons.get, (_input, session) => getReasons(deps, session))
  mount(app, actionReasons.put, ({ body }, session) => changeReasons(deps, session, body))
}
