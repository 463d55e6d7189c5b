/** Which happenings are told to whom, in English. */
import type { Words } from '../types.ts'
import type { notificationWords as japanese } from '../ja/notifications.ts'

export const notificationWords: Words<typeof japanese> = {
  notification_kind: {
    screening_rejected: 'Screening rejected',
    screening_on_hold: 'Screening on hold',
    screening_pending: 'Screening without a result',
    approval_lapsing: 'Approval lapses soon',
    dispute_opened: 'Dispute with the customer',
    claim_withdrawn: 'Withdrawn and not registered again',
    became_zombie: 'Claim left behind',
    approval_asked: 'A request awaits approval',
    payout_arrived: 'Payout arrived',
    payout_differs: 'Statement differs from what was expected',
    message_stuck: 'Provider message cannot be applied',
    connection_failing: 'Provider cannot be reached',
    import_failed: 'Import with failed rows',
    import_finished: 'Import finished',
    export_failed: 'Export failed',
    export_finished: 'Export file ready',
    webhook_given_up: 'Webhook not delivered',
  },
  notifications: {
    order: 'Order {order}',
    yen: '{amount} yen',
    several: 'News',
    and_more: 'and {count} more',
    mail_subject: '[Choba] {what} ({count})',
    mail_end: 'See the inbox of the console for more. How you are told: {link}',
    many: '{count} of them',
  },
}
