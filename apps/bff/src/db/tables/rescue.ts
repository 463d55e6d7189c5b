import type { Generated } from 'kysely'

export interface RescueAsideTable {
  merchantId: string
  paymentId: string
  attempts: number
  setAsideBy: string
  setAsideAt: Generated<Date>
}

export interface MessageTemplateTable {
  merchantId: string
  shopId: string
  kind: string
  language: string
  subject: string
  body: string
  contact: string
  changedBy: string
  changedAt: Generated<Date>
}

export interface ConnectionPollTable {
  merchantId: string
  connectionId: string
  askedAt: Date | null
  failures: Generated<number>
  failedBecause: string | null
  /** These three by our clock. */
  answeredAt: Date | null
  failingSince: Date | null
  nextAt: Date | null
}
