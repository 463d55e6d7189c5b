import { work } from '@choba/shared/contracts/connections.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getWork, type WorkDeps } from './work.service.ts'

export function mountWork(app: App, deps: WorkDeps): void {
  mount(app, work.get, (_input, session) => getWork(deps, session))
}
