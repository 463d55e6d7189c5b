/** What was told to whom, and which of it still leaves by mail. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { NotificationTable } from '../../db/tables/notifications.ts'

type Tx = Kysely<Database>
export type Told = Selectable<NotificationTable>

/**
 * The same happening stands once for a person, whichever rules name them: the second one adds at most the way that the
 * first did not take.
 */
export async function insertTold(tx: Tx, rows: ReadonlyArray<Omit<Told, 'readAt'>>): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('notification')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.constraint('notification_once').doUpdateSet({
        inInbox: sql`notification.in_inbox or excluded.in_inbox`,
        mailAt: sql`case when notification.by_mail then notification.mail_at else excluded.mail_at end`,
        byMail: sql`notification.by_mail or excluded.by_mail`,
      }),
    )
    .execute()
}

/** Merchants with a mail to write. Served by notification_to_mail. */
export async function listToMail(owner: Tx, now: Date): Promise<string[]> {
  const rows = await owner
    .selectFrom('notification')
    .select('merchantId')
    .distinct()
    .where('mailAt', '<=', now)
    .execute()
  return rows.map(({ merchantId }) => merchantId)
}

/** Takes what is due, oldest first: whoever rolls back leaves it to the next one. */
export function takeDue(tx: Tx, merchantId: string, now: Date): Promise<Told[]> {
  return tx
    .with('due', (db) =>
      db
        .selectFrom('notification')
        .select('notificationId')
        .where('merchantId', '=', merchantId)
        .where('mailAt', '<=', now)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('notification')
    .set({ mailAt: null })
    .where('merchantId', '=', merchantId)
    .where('notificationId', 'in', (eb) => eb.selectFrom('due').select('notificationId'))
    .returningAll()
    .execute()
}

/** The languages that people chose for their console. */
export async function listLanguages(db: Tx, merchantId: string): Promise<Map<string, unknown>> {
  const rows = await db
    .selectFrom('preference')
    .select(['userId', 'value'])
    .where('merchantId', '=', merchantId)
    .where('key', '=', 'language')
    .execute()
  return new Map(rows.map(({ userId, value }) => [userId, value]))
}

export async function dropTold(owner: Tx, before: Date): Promise<void> {
  await owner.deleteFrom('notification').where('toldAt', '<', before).where('mailAt', 'is', null).execute()
}
