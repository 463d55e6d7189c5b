import { payments } from '@choba/shared/contracts/payments.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { listPayments, totalPayments } from './payments.queries.ts'
import type { PaymentDeps } from './payments.service.ts'

export function mountPayments(app: App, { db }: PaymentDeps): void {
  mount(app, payments.list, ({ query }, { merchantId }) => listPayments(db.merchant(merchantId), merchantId, query))
  mount(app, payments.totals, ({ query }, { merchantId }) => totalPayments(db.merchant(merchantId), merchantId, query))
}
