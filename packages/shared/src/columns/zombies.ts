import type { ZombieLine } from '../contracts/zombies.ts'
import { columns } from './column.ts'

export const zombieColumns = columns<ZombieLine>()([
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'customerName', kind: 'text', shown: true },
  { id: 'kind', kind: 'code', labels: 'zombie_kind', shown: true },
  { id: 'orderBranch', kind: 'id', shown: true },
  { id: 'method', kind: 'code', labels: 'method', shown: true },
  { id: 'status', kind: 'code', labels: 'status', shown: true },
  { id: 'amountYen', kind: 'yen', shown: true },
  { id: 'nextOn', kind: 'day', shown: true },
  { id: 'otherBranch', kind: 'id', shown: true },
  { id: 'otherMethod', kind: 'code', labels: 'method', shown: true },
  { id: 'otherStatus', kind: 'code', labels: 'status', shown: true },
  { id: 'otherAmountYen', kind: 'yen', shown: true },
  { id: 'orderedAt', kind: 'instant', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
])
