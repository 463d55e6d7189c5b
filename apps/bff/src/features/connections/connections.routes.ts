import { connections } from '@choba/shared/contracts/connections.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { putSettings, readSettings } from './settings.service.ts'
import { type ConnectionsDeps, syncConnections } from './connections.service.ts'

export function mountConnections(app: App, deps: ConnectionsDeps): void {
  mount(app, connections.settings, (_input, session) => readSettings(deps, session))
  mount(app, connections.change, ({ id, body }, session) => putSettings(deps, session, idOf(id), body))
  mount(app, connections.sync, (_input, session) => syncConnections(deps, session))
}
