import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>
export type PaymentKey = { readonly merchantId: string; readonly paymentId: string }
export type NotedPayment = { readonly shopId: string; readonly orderNumber: string }

export function findNotedPayment(db: Tx, key: PaymentKey): Promise<NotedPayment | undefined> {
  return db
    .selectFrom('payment')
    .select(['shopId', 'orderNumber'])
    .where('merchantId', '=', key.merchantId)
    .where('paymentId', '=', key.paymentId)
    .executeTakeFirst()
}

export type NoteRow = {
  readonly noteId: string
  readonly authorId: string
  readonly body: string
  readonly writtenAt: Date
  readonly removedAt: Date | null
  readonly mentions: string[]
}

/** Oldest first. Served by payment_note_by_payment. */
export async function listNotes(db: Tx, { merchantId, paymentId }: PaymentKey): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select note_id, author_id, body, written_at, removed_at,
           array(select user_id from note_mention m where m.merchant_id = n.merchant_id and m.note_id = n.note_id order by user_id) as mentions
      from payment_note n
     where merchant_id = ${merchantId}::uuid and payment_id = ${paymentId}::uuid
     order by written_at, note_id`.execute(db)
  return rows
}

export type StoredNote = {
  readonly paymentId: string
  readonly authorId: string
  readonly body: string
  readonly removedAt: Date | null
}

/** Of any payment: an id is used once. */
export function findNote(tx: Tx, merchantId: string, noteId: string): Promise<StoredNote | undefined> {
  return tx
    .selectFrom('paymentNote')
    .select(['paymentId', 'authorId', 'body', 'removedAt'])
    .where('merchantId', '=', merchantId)
    .where('noteId', '=', noteId)
    .executeTakeFirst()
}

/** Answers whether it is new. */
export async function insertNote(
  tx: Tx,
  note: PaymentKey & {
    readonly noteId: string
    readonly shopId: string
    readonly authorId: string
    readonly body: string
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('paymentNote')
    .values(note)
    .onConflict((conflict) => conflict.columns(['merchantId', 'noteId']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function insertMentions(
  tx: Tx,
  { merchantId, noteId }: { readonly merchantId: string; readonly noteId: string },
  mentions: ReadonlyArray<{ readonly userId: string; readonly readAt: Date | null }>,
): Promise<void> {
  if (mentions.length === 0) return
  await tx
    .insertInto('noteMention')
    .values(mentions.map((mention) => ({ merchantId, noteId, ...mention })))
    .execute()
}

/** Answers whether it stood until now. */
export async function removeNote(tx: Tx, merchantId: string, noteId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('paymentNote')
    .set({ body: '', removedAt: at })
    .where('merchantId', '=', merchantId)
    .where('noteId', '=', noteId)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** One change of whose a payment is at a time. */
export async function lockPayment(tx: Tx, { merchantId, paymentId }: PaymentKey): Promise<void> {
  await tx
    .selectFrom('payment')
    .select('paymentId')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .forNoKeyUpdate()
    .execute()
}

export async function findAssignee(db: Tx, { merchantId, paymentId }: PaymentKey): Promise<string | null> {
  const row = await db
    .selectFrom('paymentAssignee')
    .select('userId')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .executeTakeFirst()
  return row?.userId ?? null
}

export async function putAssignee(
  tx: Tx,
  { merchantId, paymentId }: PaymentKey,
  whose: {
    readonly shopId: string
    readonly userId: string
    readonly assignedBy: string
    readonly assignedAt: Date
    readonly readAt: Date | null
  },
): Promise<void> {
  await tx
    .insertInto('paymentAssignee')
    .values({ merchantId, paymentId, ...whose })
    .onConflict((conflict) => conflict.columns(['merchantId', 'paymentId']).doUpdateSet(whose))
    .execute()
}

export async function removeAssignee(tx: Tx, { merchantId, paymentId }: PaymentKey): Promise<void> {
  await tx
    .deleteFrom('paymentAssignee')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .execute()
}

export type Reader = { readonly id: string; readonly name: string }

/** Members of today who may see payments of the shop, by name. Accounts belong to no merchant: asks the owner's connection. */
export async function listReaders(
  owner: Tx,
  { merchantId, shopId }: { readonly merchantId: string; readonly shopId: string },
  rolesThatRead: readonly string[],
): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select auth_user.id, auth_user.name
      from member
      join auth_user on auth_user.id = member.user_id
      left join custom_role on custom_role.merchant_id = member.merchant_id and custom_role.role_id = member.custom_role_id
     where member.merchant_id = ${merchantId}::uuid and member.deactivated_at is null
       and (member.shop_ids is null or ${shopId}::uuid = any (member.shop_ids))
       and (member.role = any (${[...rolesThatRead]}::text[]) or 'sales.read' = any (custom_role.permissions))
     order by auth_user.name, auth_user.id`.execute(owner)
  return rows
}
