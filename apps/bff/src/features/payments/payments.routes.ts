import { PAYMENT_EXPORT_PATH, paymentExportQuery, payments } from '@choba/shared/contracts/payments.ts'
import { exportHeaders, exportList } from '../../exports/list-export.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { getPayment } from './payment-detail.service.ts'
import { checkPaymentExport, paymentsExport } from './payments-export.ts'
import { listPayments, totalPayments } from './payments.queries.ts'
import type { PaymentDeps } from './payments.service.ts'

export function mountPayments(app: App, deps: PaymentDeps): void {
  const { db } = deps
  mount(app, payments.list, ({ query }, { merchantId, userId }) =>
    listPayments(db.merchant(merchantId), merchantId, { ...query, askedBy: userId }),
  )
  mount(app, payments.totals, ({ query }, { merchantId, userId }) =>
    totalPayments(db.merchant(merchantId), merchantId, { ...query, askedBy: userId }),
  )
  mount(app, payments.checkExport, ({ query }, session) => checkPaymentExport(deps, session, query))
  app.get(PAYMENT_EXPORT_PATH, async (c) => {
    const session = authorize(c, payments.checkExport.permission)
    const query = parseInput(paymentExportQuery, c.req.query(), 'query')
    const download = await exportList(deps, session, paymentsExport(deps), query)
    return c.body(download.body, 200, exportHeaders(download))
  })
  // After the paths above: an id stands in the same place.
  mount(app, payments.get, ({ id }, session) => getPayment(deps, session, id))
}
