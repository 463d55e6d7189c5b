import { type Kysely, sql } from 'kysely'
import type { NotificationKind } from '@choba/shared/notification-kinds.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>
export type InboxOwner = { readonly merchantId: string; readonly userId: string }

export type InboxRow = {
  readonly kind: 'mentioned' | 'assigned'
  /** Of the note, or of the payment. */
  readonly itemId: string
  readonly paymentId: string
  readonly orderNumber: string
  readonly byId: string
  readonly at: Date
  readonly body: string | null
  readonly readAt: Date | null
}

/** What a person can look through at once; the ledger's own filter finds the rest. */
export const MOST_ITEMS = 50

/** Served by note_mention_by_user and payment_assignee_by_user. A note that was taken back says nothing any more. */
export async function listInbox(db: Tx, { merchantId, userId }: InboxOwner): Promise<InboxRow[]> {
  const { rows } = await sql<InboxRow>`
    select item.*, payment.order_number from (
      (select 'mentioned' as kind, n.note_id as item_id, n.payment_id, n.author_id as by_id, n.written_at as at, n.body, m.read_at
         from note_mention m join payment_note n on n.merchant_id = m.merchant_id and n.note_id = m.note_id
        where m.merchant_id = ${merchantId}::uuid and m.user_id = ${userId} and n.removed_at is null
        order by n.written_at desc limit ${MOST_ITEMS})
      union all
      (select 'assigned', payment_id, payment_id, assigned_by, assigned_at, null, read_at
         from payment_assignee where merchant_id = ${merchantId}::uuid and user_id = ${userId}
        order by assigned_at desc limit ${MOST_ITEMS})
    ) item join payment on payment.merchant_id = ${merchantId}::uuid and payment.payment_id = item.payment_id
    order by item.at desc, item.item_id limit ${MOST_ITEMS}`.execute(db)
  return rows
}

export type HappenedRow = {
  readonly batchId: string
  readonly what: NotificationKind
  readonly count: number
  readonly paymentId: string | null
  readonly orderNumber: string | null
  readonly about: string | null
  readonly amountYen: number | null
  readonly at: Date
  readonly readAt: Date | null
}

/** What was told together is one; of these kinds only, since rights change. Served by notification_by_user. */
export async function listHappened(
  db: Tx,
  { merchantId, userId }: InboxOwner,
  kinds: readonly NotificationKind[],
): Promise<HappenedRow[]> {
  const { rows } = await sql<HappenedRow>`
    select batch_id, min(kind) as what, count(*) as count, (array_agg(payment_id order by notification_id))[1] as payment_id,
        (array_agg(order_number order by notification_id))[1] as order_number, (array_agg(about order by notification_id))[1] as about,
        (array_agg(amount_yen order by notification_id))[1] as amount_yen, told_at as at,
        (case when bool_or(read_at is null) then null else min(read_at) end) as read_at
      from notification where merchant_id = ${merchantId}::uuid and user_id = ${userId} and in_inbox and kind = any(${[...kinds]}::text[])
      group by batch_id, told_at order by told_at desc, batch_id limit ${MOST_ITEMS}`.execute(db)
  return rows
}

/** Served by notification_unread. */
export async function countUnreadHappened(
  db: Tx,
  { merchantId, userId }: InboxOwner,
  kinds: readonly NotificationKind[],
): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(distinct batch_id) as unread from notification
      where merchant_id = ${merchantId}::uuid and user_id = ${userId} and in_inbox and read_at is null and kind = any(${[...kinds]}::text[])`.execute(
    db,
  )
  return rows[0]?.unread ?? 0
}

export async function countUnread(db: Tx, { merchantId, userId }: InboxOwner): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select (select count(*) from note_mention m join payment_note n on n.merchant_id = m.merchant_id and n.note_id = m.note_id
             where m.merchant_id = ${merchantId}::uuid and m.user_id = ${userId} and m.read_at is null and n.removed_at is null)
         + (select count(*) from payment_assignee
             where merchant_id = ${merchantId}::uuid and user_id = ${userId} and read_at is null) as unread`.execute(db)
  return rows[0]?.unread ?? 0
}

/** Null for all of them. What was read keeps the time it was read first. */
export async function markRead(
  tx: Tx,
  { merchantId, userId }: InboxOwner,
  ids: {
    readonly notes: readonly string[]
    readonly payments: readonly string[]
    readonly batches: readonly string[]
  } | null,
  at: Date,
): Promise<void> {
  if (ids === null || ids.notes.length > 0)
    await tx
      .updateTable('noteMention')
      .set({ readAt: at })
      .where('merchantId', '=', merchantId)
      .where('userId', '=', userId)
      .where('readAt', 'is', null)
      .$if(ids !== null, (query) => query.where('noteId', 'in', ids?.notes ?? []))
      .execute()
  if (ids === null || ids.payments.length > 0)
    await tx
      .updateTable('paymentAssignee')
      .set({ readAt: at })
      .where('merchantId', '=', merchantId)
      .where('userId', '=', userId)
      .where('readAt', 'is', null)
      .$if(ids !== null, (query) => query.where('paymentId', 'in', ids?.payments ?? []))
      .execute()
  if (ids === null || ids.batches.length > 0)
    await tx
      .updateTable('notification')
      .set({ readAt: at })
      .where('merchantId', '=', merchantId)
      .where('userId', '=', userId)
      .where('inInbox', '=', true)
      .where('readAt', 'is', null)
      .$if(ids !== null, (query) => query.where('batchId', 'in', ids?.batches ?? []))
      .execute()
}
