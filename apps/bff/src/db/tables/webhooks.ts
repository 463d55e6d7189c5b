import type { Generated } from 'kysely'

export interface WebhookTable {
  merchantId: string
  webhookId: string
  name: string
  url: string
  /** Empty: every type. */
  events: string[]
  secretBox: string
  isActive: boolean
  /** The last position of the merchant's chain of events that was looked at. */
  cursor: number
  createdBy: string
  createdAt: Date
}

export type DeliveryState = 'pending' | 'delivered' | 'failed'

export interface WebhookDeliveryTable {
  merchantId: string
  deliveryId: string
  webhookId: string
  eventKey: string
  type: string
  payload: string
  state: DeliveryState
  attempts: Generated<number>
  nextAt: Date
  leaseUntil: Date | null
  lastStatus: number | null
  lastError: string | null
  lastMs: number | null
  answered: string | null
  createdAt: Date
  endedAt: Date | null
}
