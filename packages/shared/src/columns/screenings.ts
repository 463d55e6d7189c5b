import type { ScreeningRow } from '../contracts/screenings.ts'
import { columns } from './column.ts'

export const screeningColumns = columns<ScreeningRow>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'result', kind: 'code', labels: 'screening_result', shown: true },
  { id: 'wireCode', kind: 'id' },
  { id: 'reasons', kind: 'list', labels: 'reason', shown: true },
  { id: 'amountYen', kind: 'yen', sortable: true, shown: true },
  { id: 'decidedAt', kind: 'instant', sortable: true, shown: true },
  { id: 'attempt', kind: 'yen', shown: true },
  { id: 'status', kind: 'code', labels: 'status', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
  { id: 'connectionMethod', kind: 'code', labels: 'connection', shown: true },
  { id: 'site', kind: 'code', labels: 'site', shown: true },
  { id: 'npId', kind: 'id' },
  { id: 'phone', kind: 'id' },
])

export type ScreeningColumnId = (typeof screeningColumns)[number]['id']
