import { type Kysely, sql } from 'kysely'
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
const MOST_ITEMS = 50

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
  ids: { readonly notes: readonly string[]; readonly payments: readonly string[] } | null,
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
}
