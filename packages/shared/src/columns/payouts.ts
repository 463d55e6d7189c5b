import type { PayoutRow } from '../contracts/payouts.ts'
import { columns } from './column.ts'

export const payoutColumns = columns<PayoutRow>()([
  { id: 'closingOn', kind: 'day', sortable: true, shown: true },
  { id: 'payOn', kind: 'day', shown: true },
  { id: 'state', kind: 'code', labels: 'payout_state', shown: true },
  { id: 'method', kind: 'code', labels: 'method', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
  { id: 'lines', kind: 'yen', shown: true },
  { id: 'grossYen', kind: 'yen', shown: true },
  { id: 'feeYen', kind: 'yen', shown: true },
  { id: 'taxYen', kind: 'yen', shown: true },
  { id: 'otherYen', kind: 'yen', shown: true },
  { id: 'transferYen', kind: 'yen', shown: true },
  { id: 'paidOn', kind: 'day', shown: true },
  { id: 'statementNumber', kind: 'id', shown: true },
])

export type PayoutColumnId = (typeof payoutColumns)[number]['id']
