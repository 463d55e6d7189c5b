import type { CustomerReturnRow } from '../contracts/customer-returns.ts'
import { columns } from './column.ts'

/** Of the account number only its last digits are written. */
export const customerReturnColumns = columns<CustomerReturnRow>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'phone', kind: 'id', shown: true },
  { id: 'reason', kind: 'code', labels: 'owed_reason', shown: true },
  { id: 'amountYen', kind: 'yen', shown: true },
  { id: 'task', kind: 'code', labels: 'return_task', shown: true },
  { id: 'since', kind: 'instant', shown: true },
  { id: 'bankName', kind: 'text', shown: true },
  { id: 'branchName', kind: 'text', shown: true },
  { id: 'accountKind', kind: 'code', labels: 'account_kind', shown: true },
  { id: 'accountEnding', kind: 'id', shown: true },
  { id: 'accountHolder', kind: 'text', shown: true },
  { id: 'requestedBy', kind: 'text', shown: true },
  { id: 'paidOn', kind: 'day', shown: true },
  { id: 'reference', kind: 'id', shown: true },
  { id: 'endedBy', kind: 'text', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
])

export type CustomerReturnColumnId = (typeof customerReturnColumns)[number]['id']
