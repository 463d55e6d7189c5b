import type { Kysely, Selectable } from 'kysely'
import type { MailRow } from '@choba/shared/contracts/mail.ts'
import type { Database } from '../../db/schema.ts'
import type { MailSettingTable, OutgoingMailTable } from '../../db/tables/mail.ts'

type Tx = Kysely<Database>
export type MailSetting = Selectable<MailSettingTable>
export type OutgoingMail = Selectable<OutgoingMailTable>
export type MailKey = Pick<OutgoingMail, 'merchantId' | 'mailId'>

const PAGE = 50

export function findMailSetting(db: Tx, merchantId: string): Promise<MailSetting | undefined> {
  return db.selectFrom('mailSetting').selectAll().where('merchantId', '=', merchantId).executeTakeFirst()
}

export async function putMailSetting(tx: Tx, setting: MailSetting): Promise<void> {
  const { merchantId: _, ...changed } = setting
  await tx
    .insertInto('mailSetting')
    .values(setting)
    .onConflict((conflict) => conflict.column('merchantId').doUpdateSet(changed))
    .execute()
}

export async function deleteMailSetting(tx: Tx, merchantId: string): Promise<boolean> {
  const deleted = await tx.deleteFrom('mailSetting').where('merchantId', '=', merchantId).executeTakeFirst()
  return deleted.numDeletedRows > 0n
}

export async function getEnvironment(db: Tx, merchantId: string): Promise<'live' | 'sandbox'> {
  const { environment } = await db
    .selectFrom('merchant')
    .select('environment')
    .where('merchantId', '=', merchantId)
    .executeTakeFirstOrThrow()
  return environment
}

/** Newest first: the id is made by time. */
export async function listMails(
  db: Tx,
  merchantId: string,
  cursor: string | undefined,
): Promise<{ items: MailRow[]; nextCursor: string | null }> {
  let query = db.selectFrom('outgoingMail').selectAll().where('merchantId', '=', merchantId)
  if (cursor !== undefined) query = query.where('mailId', '<', cursor)
  const rows = await query
    .orderBy('mailId', 'desc')
    .limit(PAGE + 1)
    .execute()
  const items = rows.slice(0, PAGE).map(({ mailId, toAddress, queuedAt, sentAt, ...row }) => ({
    ...row,
    id: mailId,
    to: toAddress,
    queuedAt: queuedAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }))
  return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null }
}

/** Taken into one job's hands. Undefined when it does not wait, or another job has it. */
export function leaseMail(
  tx: Tx,
  { merchantId, mailId }: MailKey,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<OutgoingMail | undefined> {
  return tx
    .updateTable('outgoingMail')
    .set({ leaseUntil: until })
    .where('merchantId', '=', merchantId)
    .where('mailId', '=', mailId)
    .where('state', '=', 'queued')
    .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', now)]))
    .returningAll()
    .executeTakeFirst()
}

/** Until when another job has it; undefined when it does not wait any more. */
export async function findLease(db: Tx, { merchantId, mailId }: MailKey): Promise<Date | undefined> {
  const row = await db
    .selectFrom('outgoingMail')
    .select('leaseUntil')
    .where('merchantId', '=', merchantId)
    .where('mailId', '=', mailId)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  return row?.leaseUntil ?? undefined
}

export async function endMail(
  tx: Tx,
  { merchantId, mailId }: MailKey,
  end: { readonly state: OutgoingMail['state']; readonly said: string; readonly sentAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('outgoingMail')
    .set((eb) => ({
      ...end,
      leaseUntil: null,
      attempts: eb('attempts', '+', 1),
      // What may let somebody in is not kept longer than it is needed.
      ...(end.state === 'sent' && { text: null }),
    }))
    .where('merchantId', '=', merchantId)
    .where('mailId', '=', mailId)
    .execute()
}

export type Carried = { readonly fileName: string; readonly bytes: number }

/** The kept file that a mail carries; undefined once it is no longer kept. */
export async function findCarried(db: Tx, merchantId: string, exportId: string): Promise<Carried | undefined> {
  const run = await db
    .selectFrom('exportRun')
    .select(['fileName', 'bytes'])
    .where('merchantId', '=', merchantId)
    .where('exportId', '=', exportId)
    .where('state', '=', 'done')
    .where('isKept', '=', true)
    .executeTakeFirst()
  return run && { fileName: run.fileName ?? '', bytes: run.bytes }
}

/** Answers whether it had failed. */
export async function putBackFailed(tx: Tx, merchantId: string, mailId: string): Promise<boolean> {
  const moved = await tx
    .updateTable('outgoingMail')
    .set({ state: 'queued', attempts: 0 })
    .where('merchantId', '=', merchantId)
    .where('mailId', '=', mailId)
    .where('state', '=', 'failed')
    .where('text', 'is not', null)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}
