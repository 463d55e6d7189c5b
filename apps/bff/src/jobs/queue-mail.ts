/** A mail that shall leave: written with the change that causes it, sent by a job. */
import type { Kysely } from 'kysely'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'
import type { OutgoingMailTable } from '../db/tables/mail.ts'
import { enqueue } from './enqueue.ts'

export type NewMail = {
  readonly merchantId: string
  readonly kind: OutgoingMailTable['kind']
  /** What it is about: the same cause makes no second mail to the same address. */
  readonly cause: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** A kept file that it carries. */
  readonly exportId?: string
}

/** Answers false, and does nothing, where the merchant has no mail set up. */
export async function queueMail(tx: Kysely<Database>, mail: NewMail): Promise<boolean> {
  const { merchantId, kind, cause, to, subject, text, exportId = null } = mail
  if (!(await hasMail(tx, merchantId))) return false
  const mailId = uuidv7()
  const inserted = await tx
    .insertInto('outgoingMail')
    .values({ merchantId, mailId, kind, cause, toAddress: to, subject, text, exportId })
    .onConflict((conflict) => conflict.constraint('outgoing_mail_cause').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 1n) await enqueue(tx, 'mail:send', { merchantId, mailId })
  return true
}

export async function hasMail(db: Kysely<Database>, merchantId: string): Promise<boolean> {
  const found = await db
    .selectFrom('mailSetting')
    .select('merchantId')
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  return found !== undefined
}
