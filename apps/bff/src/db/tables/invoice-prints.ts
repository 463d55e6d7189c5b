/** Bundled invoices as they were printed. Amounts in yen, days as `YYYY-MM-DD`. */
import type { ColumnType } from 'kysely'

export interface InvoicePrintBatchTable {
  merchantId: string
  printId: string
  idempotencyKey: string
  requestHash: string
  refused: ColumnType<unknown, string, never>
  printedBy: string
  printedAt: Date
}

export interface InvoicePrintTable {
  merchantId: string
  printId: string
  paymentId: string
  page: number
  providerId: string
  amountYen: number
  issuedOn: string
  dueOn: string
  document: ColumnType<unknown, string, never>
  printedAt: Date
}
