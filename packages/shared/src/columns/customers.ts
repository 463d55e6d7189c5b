import type { CustomerRow } from '../contracts/customers.ts'
import { columns } from './column.ts'

export const customerColumns = columns<CustomerRow>()([
  { id: 'name', kind: 'text', shown: true },
  { id: 'kana', kind: 'text', shown: true },
  { id: 'phone', kind: 'id', shown: true },
  { id: 'email', kind: 'text' },
  { id: 'payments', kind: 'yen', shown: true },
  { id: 'capturedYen', kind: 'yen', sortable: true, shown: true },
  { id: 'refundedYen', kind: 'yen', shown: true },
  { id: 'netYen', kind: 'yen', shown: true },
  { id: 'openYen', kind: 'yen', sortable: true, shown: true },
  { id: 'lastOrderedAt', kind: 'instant', sortable: true, shown: true },
  { id: 'firstOrderedAt', kind: 'instant' },
  { id: 'amountYen', kind: 'yen' },
])

export type CustomerColumnId = (typeof customerColumns)[number]['id']
