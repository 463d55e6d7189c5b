import { operations } from '@choba/shared/contracts/operations.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { createOperations, getOperation, type OperationsDeps } from './operations.service.ts'

export function mountOperations(app: App, deps: OperationsDeps): void {
  mount(app, operations.create, ({ body }, session) => createOperations(deps, session, body))
  mount(app, operations.get, ({ id }, session) => getOperation(deps, session, id))
}
