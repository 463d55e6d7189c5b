import type { PaymentRow } from '../contracts/payments.ts'
import { columns } from './column.ts'

export const paymentColumns = columns<PaymentRow>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'status', kind: 'code', labels: 'status', shown: true },
  { id: 'method', kind: 'code', labels: 'method', shown: true },
  { id: 'amountYen', kind: 'yen', sortable: true, shown: true },
  { id: 'orderedAt', kind: 'instant', sortable: true, shown: true },
  { id: 'capturedOn', kind: 'day', sortable: true, shown: true },
  { id: 'paidOutOn', kind: 'day', sortable: true, shown: true },
  { id: 'capturedYen', kind: 'yen' },
  { id: 'refundedYen', kind: 'yen', shown: true },
  { id: 'feeYen', kind: 'yen', shown: true },
  { id: 'netYen', kind: 'yen', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
  { id: 'site', kind: 'code', labels: 'site' },
  { id: 'billingMethod', kind: 'code', labels: 'billing' },
  { id: 'connectionMethod', kind: 'code', labels: 'connection' },
  { id: 'reasons', kind: 'list', labels: 'reason' },
  { id: 'tags', kind: 'list' },
  { id: 'customerKana', kind: 'text' },
  { id: 'phone', kind: 'id' },
  { id: 'providerId', kind: 'id' },
  { id: 'slipNumber', kind: 'id' },
  { id: 'nextOn', kind: 'day' },
])

export type PaymentColumnId = (typeof paymentColumns)[number]['id']
export const PAYMENT_COLUMN_IDS: readonly PaymentColumnId[] = paymentColumns.map((column) => column.id)
