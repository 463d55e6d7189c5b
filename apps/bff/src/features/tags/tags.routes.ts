import { tags } from '@choba/shared/contracts/tags.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { getTags, keepTag, markPayments, type TagDeps } from './tags.service.ts'

export function mountTags(app: App, deps: TagDeps): void {
  mount(app, tags.list, (_input, session) => getTags(deps, session))
  mount(app, tags.put, ({ id, body }, session) => keepTag(deps, session, idOf(id), body))
  mount(app, tags.mark, ({ body }, session) => markPayments(deps, session, body))
}
