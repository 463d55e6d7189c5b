import { PAYMENT_EXPORT_PATH, paymentExportQuery, payments } from '@choba/shared/contracts/payments.ts'
import type { App } from '../../http/hono-env.ts'
import { authorize, mount, parseInput } from '../../http/mount.ts'
import { getPayment } from './payment-detail.service.ts'
import { checkPaymentExport, exportPayments, type PaymentDownload } from './payments-export.service.ts'
import { listPayments, totalPayments } from './payments.queries.ts'
import type { PaymentDeps } from './payments.service.ts'

export function mountPayments(app: App, deps: PaymentDeps): void {
  const { db } = deps
  mount(app, payments.list, ({ query }, { merchantId }) => listPayments(db.merchant(merchantId), merchantId, query))
  mount(app, payments.totals, ({ query }, { merchantId }) => totalPayments(db.merchant(merchantId), merchantId, query))
  mount(app, payments.checkExport, ({ query }, session) => checkPaymentExport(deps, session, query))
  app.get(PAYMENT_EXPORT_PATH, async (c) => {
    const session = authorize(c, payments.checkExport.permission)
    const query = parseInput(paymentExportQuery, c.req.query(), 'query')
    const download = await exportPayments(deps, session, query)
    return c.body(download.body, 200, headersOf(download))
  })
  // After the paths above: an id stands in the same place.
  mount(app, payments.get, ({ id }, session) => getPayment(deps, session, id))
}

/** The control totals go beside the rows, not among them. */
function headersOf({ fileName, totals, encoding }: PaymentDownload): Record<string, string> {
  return {
    'Content-Type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}; header=present`,
    'Content-Disposition': `attachment; filename="${fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeRfc5987(fileName)}`,
    'Cache-Control': 'no-store',
    'X-Choba-Rows': String(totals.count),
    'X-Choba-Total-Amount-Yen': String(totals.amountYen),
    'X-Choba-Total-Captured-Yen': String(totals.capturedYen),
    'X-Choba-Total-Refunded-Yen': String(totals.refundedYen),
    'X-Choba-Total-Fee-Yen': String(totals.feeYen),
    'X-Choba-Total-Net-Yen': String(totals.netYen),
  }
}

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
