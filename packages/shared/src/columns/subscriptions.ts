import type { SubscriptionRow } from '../contracts/subscriptions.ts'
import { columns } from './column.ts'

export const subscriptionColumns = columns<SubscriptionRow>()([
  { id: 'code', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'status', kind: 'code', labels: 'subscription_status', shown: true },
  { id: 'attention', kind: 'list', labels: 'cycle_state', shown: true },
  { id: 'nextOn', kind: 'day', sortable: true, shown: true },
  { id: 'amountYen', kind: 'yen', sortable: true, shown: true },
  { id: 'itemName', kind: 'text', shown: true },
  { id: 'rhythmUnit', kind: 'code', labels: 'rhythm_unit', shown: true },
  { id: 'rhythmEvery', kind: 'text', shown: true },
  { id: 'rhythmDay', kind: 'text', shown: true },
  { id: 'kind', kind: 'code', labels: 'subscription_kind', shown: true },
  { id: 'method', kind: 'code', labels: 'method', shown: true },
  { id: 'createdAt', kind: 'instant', sortable: true, shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
])

export type SubscriptionColumnId = (typeof subscriptionColumns)[number]['id']
