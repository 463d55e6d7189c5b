/** The file of a batch that was printed: read from what was kept, so that it says the same each time. */
import { jstCompact } from '@choba/shared/dates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Invoice } from '../../invoices/invoice.ts'
import { invoicesPdf } from '../../invoices/invoice-pdf.ts'
import { findPrintedAt, readDocuments } from './invoice-prints.queries.ts'
import type { PrintDeps } from './invoice-prints.service.ts'

/** Documents that are in memory at once. */
const CHUNK = 50

export type PrintFile = { readonly fileName: string; readonly body: ReadableStream<Uint8Array> }

/** The whole batch, or the one page of a payment. @throws AppError resource.not_found */
export async function openPrintFile(
  { db }: PrintDeps,
  session: Session,
  printId: string,
  payment: string | undefined,
): Promise<PrintFile> {
  const { merchantId } = session
  const reader = db.merchant(merchantId)
  const printedAt = await findPrintedAt(reader, merchantId, { printId, payment })
  if (printedAt === undefined) throw new AppError('resource.not_found', { printId })
  await audit(reader, {
    merchantId,
    actor: person(session),
    action: 'invoices.download',
    subject: { kind: 'invoice_print', id: printId },
    ...(payment !== undefined && { after: { paymentId: payment } }),
  })

  async function* documents(): AsyncGenerator<Invoice> {
    let after = 0
    for (;;) {
      const rows = await readDocuments(reader, merchantId, { printId, payment, after, limit: CHUNK })
      // Kept by printInvoices, as it was drawn the first time.
      for (const { document } of rows) yield document as Invoice
      after = rows.at(-1)?.page ?? after
      if (rows.length < CHUNK) return
    }
  }
  return {
    fileName: `invoices_${stamp(printedAt)}_JST.pdf`,
    body: invoicesPdf(documents(), { title: '請求書', createdAt: printedAt }),
  }
}

function stamp(at: Date): string {
  return jstCompact(at).replace(/^(\d{8})(\d{6})$/, '$1-$2')
}
