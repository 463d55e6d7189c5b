/** Which happenings are told to whom, and what was told. */
import type { ColumnType, Generated } from 'kysely'
import type { NotificationKind } from '@choba/shared/notification-kinds.ts'

export interface NotificationRuleTable {
  merchantId: string
  ruleId: string
  kind: NotificationKind
  isActive: boolean
  fromYen: number | null
  days: number | null
  shopIds: string[] | null
  roles: string[]
  userIds: string[]
  toActor: boolean
  inInbox: boolean
  byMail: boolean
  digestHour: number | null
  /** Null until it has looked once: what stood then is no news. */
  begunAt: ColumnType<Date | null, Date | null | undefined, Date | null>
  createdAt: Generated<Date>
}

/** What a rule has dealt with. */
export interface NotificationSeenTable {
  merchantId: string
  ruleId: string
  cause: string
}

export interface NotificationTable {
  merchantId: string
  userId: string
  notificationId: string
  kind: NotificationKind
  /** The same happening is told once to the same person. */
  cause: string
  /** What was told together. */
  batchId: string
  shopId: string | null
  paymentId: string | null
  orderNumber: string | null
  about: string | null
  amountYen: number | null
  toldAt: Date
  inInbox: boolean
  byMail: boolean
  /** When its mail leaves; null once it has, or where there is none. */
  mailAt: Date | null
  readAt: ColumnType<Date | null, Date | null | undefined, Date | null>
}
