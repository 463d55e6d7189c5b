import { customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { totalReturns } from './customer-returns.queries.ts'
import {
  completeReturn,
  type CustomerReturnDeps,
  dropReturn,
  getReturns,
  requestReturn,
  revealAccount,
} from './customer-returns.service.ts'

export function mountCustomerReturns(app: App, deps: CustomerReturnDeps): void {
  const { db } = deps
  mount(app, customerReturns.list, ({ query }, session) => getReturns(deps, session, query))
  mount(app, customerReturns.totals, ({ query }, { merchantId }) =>
    totalReturns(db.merchant(merchantId), merchantId, query.shop),
  )
  mount(app, customerReturns.request, ({ body }, session) => requestReturn(deps, session, body))
  mount(app, customerReturns.complete, ({ id, body }, session) => completeReturn(deps, session, id, body))
  mount(app, customerReturns.drop, ({ id, body }, session) => dropReturn(deps, session, id, body.reason))
  mount(app, customerReturns.account, ({ id }, session) => revealAccount(deps, session, id))
}
