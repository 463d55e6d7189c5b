import { guarantee } from '@choba/shared/contracts/guarantee.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getSummary, type GuaranteeDeps, listGuarantee } from './guarantee.service.ts'

export function mountGuarantee(app: App, deps: GuaranteeDeps): void {
  mount(app, guarantee.summary, ({ query }, session) => getSummary(deps, session, query))
  mount(app, guarantee.list, ({ rule, query }, session) => listGuarantee(deps, session, rule, query))
}
