import type { SlipRow } from '../contracts/slips.ts'
import { columns } from './column.ts'

export const slipColumns = columns<SlipRow>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'state', kind: 'code', labels: 'slip_state', shown: true },
  { id: 'warnings', kind: 'list', labels: 'slip_warning', shown: true },
  { id: 'store', kind: 'code', labels: 'store', shown: true },
  { id: 'numbers', kind: 'list', shown: true },
  { id: 'payBy', kind: 'day', sortable: true, shown: true },
  { id: 'amountYen', kind: 'yen', sortable: true, shown: true },
  { id: 'preliminaryYen', kind: 'yen', shown: true },
  { id: 'definiteYen', kind: 'yen', shown: true },
  { id: 'owedYen', kind: 'yen', shown: true },
  { id: 'status', kind: 'code', labels: 'status', shown: true },
  { id: 'orderedAt', kind: 'instant', sortable: true, shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
])

export type SlipColumnId = (typeof slipColumns)[number]['id']
