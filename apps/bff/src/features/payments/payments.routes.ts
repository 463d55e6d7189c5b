import { payments } from '@choba/shared/contracts/payments.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getPayment } from './payment-detail.service.ts'
import { listPayments, totalPayments } from './payments.queries.ts'
import type { PaymentDeps } from './payments.service.ts'

export function mountPayments(app: App, deps: PaymentDeps): void {
  const { db } = deps
  mount(app, payments.list, ({ query }, { merchantId }) => listPayments(db.merchant(merchantId), merchantId, query))
  mount(app, payments.totals, ({ query }, { merchantId }) => totalPayments(db.merchant(merchantId), merchantId, query))
  mount(app, payments.get, ({ id }, session) => getPayment(deps, session, id))
}
