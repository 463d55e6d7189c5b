import type { InvoiceRow } from '../contracts/invoices.ts'
import { columns } from './column.ts'

export const invoiceColumns = columns<InvoiceRow>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'state', kind: 'code', labels: 'invoice_state', shown: true },
  { id: 'amountYen', kind: 'yen', shown: true },
  { id: 'delivery', kind: 'code', labels: 'invoice_delivery', shown: true },
  { id: 'issuedOn', kind: 'day', sortable: true, shown: true },
  { id: 'dueOn', kind: 'day', sortable: true, shown: true },
  { id: 'paidOn', kind: 'day', shown: true },
  { id: 'paidPlace', kind: 'code', labels: 'paid_at', shown: true },
  { id: 'paidStore', kind: 'text', shown: true },
  { id: 'reissues', kind: 'yen', shown: true },
  { id: 'reminders', kind: 'yen', shown: true },
  { id: 'remindedOn', kind: 'day', shown: true },
  { id: 'inquiryNumber', kind: 'id', shown: true },
  { id: 'status', kind: 'code', labels: 'status', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
  { id: 'shippedOn', kind: 'day' },
  { id: 'providerId', kind: 'id' },
  { id: 'phone', kind: 'id' },
])

export type InvoiceColumnId = (typeof invoiceColumns)[number]['id']
