import { operations } from '@choba/shared/contracts/operations.ts'
import { safety } from '@choba/shared/contracts/safety.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { createOperations, getOperation, type OperationsDeps } from './operations.service.ts'
import { approve, decline, getWaiting, takeBack } from './waiting.service.ts'

export function mountOperations(app: App, deps: OperationsDeps): void {
  mount(app, operations.create, ({ body }, session) => createOperations(deps, session, body))
  mount(app, safety.waiting, ({ query }, session) => getWaiting(deps, session, query.payment))
  mount(app, safety.approve, ({ id }, session) => approve(deps, session, idOf(id)))
  mount(app, safety.decline, ({ id, body }, session) => decline(deps, session, idOf(id), body.reason))
  mount(app, safety.takeBack, ({ id }, session) => takeBack(deps, session, idOf(id)))
  mount(app, operations.get, ({ id }, session) => getOperation(deps, session, id))
}
