import { apiKeys } from '@choba/shared/contracts/api-keys.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { type ApiKeyDeps, createApiKey, listApiKeys, revokeApiKey } from './api-keys.service.ts'

export function mountApiKeys(app: App, deps: ApiKeyDeps): void {
  mount(app, apiKeys.list, (_input, session) => listApiKeys(deps, session))
  mount(app, apiKeys.create, ({ body }, session) => createApiKey(deps, session, body))
  mount(app, apiKeys.revoke, ({ id }, session) => revokeApiKey(deps, session, idOf(id)))
}
