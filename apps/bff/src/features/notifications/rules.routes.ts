import { notificationRules } from '@choba/shared/contracts/notifications.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { addRule, changeRule, getRules, removeRule, type RuleDeps } from './rules.service.ts'

export function mountNotificationRules(app: App, deps: RuleDeps): void {
  mount(app, notificationRules.list, (_input, session) => getRules(deps, session))
  mount(app, notificationRules.create, ({ body }, session) => addRule(deps, session, body))
  mount(app, notificationRules.change, ({ id, body }, session) => changeRule(deps, session, idOf(id), body))
  mount(app, notificationRules.remove, ({ id }, session) => removeRule(deps, session, idOf(id)))
}
