import { connections } from '@choba/shared/contracts/connections.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { AppError } from '../../core/app-error.ts'
import { putSettings, readSettings } from './settings.service.ts'
import { type ConnectionsDeps, syncConnections } from './connections.service.ts'

export function mountConnections(app: App, deps: ConnectionsDeps): void {
  mount(app, connections.settings, (_input, session) => readSettings(deps, session))
  mount(app, connections.change, ({ id, body }, session) => putSettings(deps, session, idOf(id), body))
  mount(app, connections.sync, (_input, session) => syncConnections(deps, session))
}

function idOf(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw new AppError('resource.not_found', { connection: id })
  return id
}
