/** The happenings that can be told: each with whose business it is, and where it leads. */
import type { Permission } from './permissions.ts'

type Kind = {
  /** What somebody must be allowed to be told of it. */
  readonly permission: Permission
  /** Where more than one leads. */
  readonly place: `/${string}`
  /** Days until it is told, as usual; absent where it is told when it happens. */
  readonly days?: number
  /** It is of a shop, and may be told of some shops only. */
  readonly hasShop?: true
  /** It is of an amount, and may be told from one on. */
  readonly hasAmount?: true
  /** Somebody asked for it, and may be told of it. */
  readonly hasActor?: true
}

const OF_PAYMENT = { permission: 'sales.read', hasShop: true, hasAmount: true } as const
const IMPORT = { permission: 'imports.work', place: '/imports', hasShop: true, hasActor: true } as const
const EXPORT = { permission: 'sales.export', place: '/exports', hasActor: true } as const

export const NOTIFICATION_KINDS = {
  screening_rejected: { ...OF_PAYMENT, place: '/rescue' },
  screening_on_hold: { ...OF_PAYMENT, place: '/rescue' },
  /** The provider has not answered after so many days. */
  screening_pending: { ...OF_PAYMENT, place: '/rescue', days: 1 },
  /** Not shipped, and its approval lapses in so many days. */
  approval_lapsing: { ...OF_PAYMENT, place: '/guarantee', days: 3 },
  /** The provider does not stand in for it while customer and shop disagree. */
  dispute_opened: { ...OF_PAYMENT, place: '/guarantee' },
  /** Withdrawn for a reduction, and not registered again for so many days. */
  claim_withdrawn: { ...OF_PAYMENT, place: '/guarantee', days: 1 },
  became_zombie: { ...OF_PAYMENT, place: '/zombies' },
  approval_asked: { ...OF_PAYMENT, permission: 'approvals.decide', place: '/approvals', days: 0 },
  /** It was declined, or waits for somebody; what a later one makes good is told all the same. */
  subscription_failed: { permission: 'subscriptions.read', place: '/subscriptions', hasShop: true, hasAmount: true },
  payout_arrived: { permission: 'payouts.read', place: '/payouts', hasShop: true, hasAmount: true },
  payout_differs: { permission: 'payouts.read', place: '/payouts', hasShop: true, hasAmount: true },
  /** What a provider said could not be worked in for an hour. */
  message_stuck: { permission: 'messages.read', place: '/messages', hasShop: true },
  connection_failing: { permission: 'connections.sync', place: '/settings/connections', hasShop: true },
  import_failed: IMPORT,
  import_finished: IMPORT,
  export_failed: EXPORT,
  export_finished: EXPORT,
  /** Stopped by itself, not written, or not come to its folder or its readers. */
  schedule_failed: { ...EXPORT, place: '/exports/schedules' },
  webhook_given_up: { permission: 'webhooks.manage', place: '/settings/webhooks' },
} as const satisfies Record<string, Kind>

export type NotificationKind = keyof typeof NOTIFICATION_KINDS
export const NOTIFICATION_KIND_NAMES = Object.keys(NOTIFICATION_KINDS) as [NotificationKind, ...NotificationKind[]]

/** What is to be known of a kind, with what it leaves out. */
export function notificationKind(kind: NotificationKind): Kind {
  return NOTIFICATION_KINDS[kind]
}
