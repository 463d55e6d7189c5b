import { connections } from '@choba/shared/contracts/connections.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { type ConnectionsDeps, syncConnections } from './connections.service.ts'

export function mountConnections(app: App, deps: ConnectionsDeps): void {
  mount(app, connections.sync, (_input, session) => syncConnections(deps, session))
}
