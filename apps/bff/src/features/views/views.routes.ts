import { views } from '@choba/shared/contracts/views.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { chooseDefault, dropView, getViews, keepView, type ViewDeps } from './views.service.ts'

export function mountViews(app: App, deps: ViewDeps): void {
  mount(app, views.list, ({ query }, session) => getViews(deps, session, query.list))
  mount(app, views.put, ({ id, body }, session) => keepView(deps, session, idOf(id), body))
  mount(app, views.remove, ({ id }, session) => dropView(deps, session, idOf(id)))
  mount(app, views.setDefault, ({ body }, session) => chooseDefault(deps, session, body))
}
