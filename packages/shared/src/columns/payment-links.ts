import type { PaymentLinkRow } from '../contracts/payment-links.ts'
import { columns } from './column.ts'

export const paymentLinkColumns = columns<PaymentLinkRow>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'state', kind: 'code', labels: 'payment_link_state', shown: true },
  { id: 'amountYen', kind: 'yen', sortable: true, shown: true },
  { id: 'itemName', kind: 'text', shown: true },
  { id: 'method', kind: 'code', labels: 'method', shown: true },
  { id: 'site', kind: 'code', labels: 'site', shown: true },
  { id: 'createdAt', kind: 'instant', sortable: true, shown: true },
  { id: 'openedAt', kind: 'instant', shown: true },
  { id: 'expiresAt', kind: 'instant', sortable: true, shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
])

export type PaymentLinkColumnId = (typeof paymentLinkColumns)[number]['id']
