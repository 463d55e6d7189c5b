import { orderRecord } from '@choba/shared/contracts/order-record.ts'
import type { App } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { getRecord, type OrderRecordDeps, takeRecord } from './order-record.service.ts'

export function mountOrderRecord(app: App, deps: OrderRecordDeps): void {
  mount(app, orderRecord.list, ({ id, query }, session) => getRecord(deps, session, idOf(id), query))
  mount(app, orderRecord.take, ({ id, body }, session) => takeRecord(deps, session, idOf(id), body.kinds))
}
