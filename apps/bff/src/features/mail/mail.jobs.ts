/** Sending what is queued, at least once, outside any transaction; a lease on the row keeps two jobs from sending it at the same time. */
import { buffer } from 'node:stream/consumers'
import { MOST_MAILED_BYTES } from '@choba/shared/contracts/exports.ts'
import { addDays, dayOf, startOfDay } from '@choba/shared/dates.ts'
import { type Kysely, sql } from 'kysely'
import { chunksOf } from '../../db/export-chunks.ts'
import type { Database } from '../../db/schema.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import {
  endMail,
  findCarried,
  findLease,
  findMailSetting,
  getEnvironment,
  leaseMail,
  type MailKey,
  type OutgoingMail,
} from './mail.queries.ts'
import { type MailDeps, wordsOf } from './mail.service.ts'
import { handOver, type Letter, refuseHost } from './transport.ts'

/** A server that is down for the night has the mail in the morning. */
const PAUSES_MINUTES = [1, 5, 15, 60, 180, 360, 720] as const
const MINUTE_MS = 60_000
const KEPT_DAYS = 90
/** Longer than the server is waited for. */
const LEASE_MS = 2 * MINUTE_MS

/** Every night in Tokyo. */
export const MAIL_CRONTAB = '20 18 * * * mail:prune'

export function mailJobs(deps: MailDeps): TaskHandlers {
  return {
    'mail:send': (key) => send(deps, key),
    'mail:prune': async () => {
      const before = startOfDay(addDays(dayOf(deps.clock.now()), -KEPT_DAYS))
      await sql`delete from outgoing_mail where state <> 'queued' and queued_at < ${before}`.execute(deps.db.owner)
    },
  }
}

async function send(deps: MailDeps, key: MailKey): Promise<void> {
  const db = deps.db.merchant(key.merchantId)
  const now = deps.clock.now()
  const mail = await leaseMail(db, key, { now, until: new Date(now.getTime() + LEASE_MS) })
  if (mail === undefined) return lookAgain(db, key)
  const outcome = await attempt(deps, mail)
  const pause = outcome.isSent ? undefined : PAUSES_MINUTES[mail.attempts]
  const state = outcome.isSent ? 'sent' : pause === undefined ? 'failed' : 'queued'
  await db.transaction().execute(async (tx) => {
    await endMail(tx, key, { state, said: outcome.said, sentAt: outcome.isSent ? now : null })
    if (pause !== undefined) await enqueue(tx, 'mail:send', key, { runAt: new Date(now.getTime() + pause * MINUTE_MS) })
  })
}

/** Another job has it, or died with it in hand: looked at again when that job's time is over. */
async function lookAgain(db: Kysely<Database>, key: MailKey): Promise<void> {
  const until = await findLease(db, key)
  if (until !== undefined) await enqueue(db, 'mail:send', key, { runAt: until })
}

async function attempt(deps: MailDeps, mail: OutgoingMail): Promise<{ isSent: boolean; said: string }> {
  const { merchantId, mailId, toAddress, subject, text, exportId } = mail
  const db = deps.db.merchant(merchantId)
  try {
    const setting = await findMailSetting(db, merchantId)
    if (setting === undefined) throw new Error('mail is not set up any more')
    refuseHost(setting, await getEnvironment(db, merchantId))
    const attachment = exportId === null ? null : await attachmentOf(db, merchantId, exportId)
    const letter = { id: mailId, to: toAddress, subject, text: text ?? '', attachment }
    return { isSent: true, said: await handOver(setting, deps.secrets, letter) }
  } catch (error) {
    return { isSent: false, said: wordsOf(error) }
  }
}

/** Null for a file that is too large to go with it: its text says where it is. */
async function attachmentOf(db: Kysely<Database>, merchantId: string, exportId: string): Promise<Letter['attachment']> {
  const carried = await findCarried(db, merchantId, exportId)
  if (carried === undefined) throw new Error('the file is no longer kept')
  if (carried.bytes > MOST_MAILED_BYTES) return null
  return { fileName: carried.fileName, content: await buffer(chunksOf(db, { merchantId, exportId })) }
}
