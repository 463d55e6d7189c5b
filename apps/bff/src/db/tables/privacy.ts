import type { Generated } from 'kysely'

/** A merchant without a row erases nobody by itself, and shows as many masked records as is usual. */
export interface PrivacySettingTable {
  merchantId: string
  eraseAfterYears: number | null
  revealsPerHour: Generated<number>
}

/** Only added to. */
export interface CustomerErasureTable {
  merchantId: string
  erasureId: string
  /** The key the customer had; nothing bears it any more. */
  customerId: string
  payments: number
  /** Kept export files that went with it. */
  files: number
  actorKind: string
  actorId: string
  erasedAt: Date
}
