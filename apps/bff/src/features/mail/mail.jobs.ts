/** Sending what is queued, at least once. The row is held while the server is asked, so that no two jobs send it. */
import { addDays, dayOf, startOfDay } from '@choba/shared/dates.ts'
import { sql } from 'kysely'
import { enqueue } from '../../jobs/enqueue.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { endMail, findMailSetting, getEnvironment, lockQueued } from './mail.queries.ts'
import { type MailDeps, wordsOf } from './mail.service.ts'
import { handOver, type Letter, refuseHost } from './transport.ts'

/** A server that is down for the night has the mail in the morning. */
const PAUSES_MINUTES = [1, 5, 15, 60, 180, 360, 720] as const
const MINUTE_MS = 60_000
const KEPT_DAYS = 90

/** Every night in Tokyo. */
export const MAIL_CRONTAB = '20 18 * * * mail:prune'

export function mailJobs(deps: MailDeps): TaskHandlers {
  return {
    'mail:send': ({ merchantId, mailId }) => send(deps, merchantId, mailId),
    'mail:prune': async () => {
      const before = startOfDay(addDays(dayOf(deps.clock.now()), -KEPT_DAYS))
      await sql`delete from outgoing_mail where state <> 'queued' and queued_at < ${before}`.execute(deps.db.owner)
    },
  }
}

async function send(deps: MailDeps, merchantId: string, mailId: string): Promise<void> {
  const db = deps.db.merchant(merchantId)
  await db.transaction().execute(async (tx) => {
    const mail = await lockQueued(tx, merchantId, mailId)
    if (mail === undefined) return
    const now = deps.clock.now()
    try {
      const setting = await findMailSetting(tx, merchantId)
      if (setting === undefined) throw new Error('mail is not set up any more')
      refuseHost(setting, await getEnvironment(tx, merchantId))
      const letter: Letter = {
        id: mailId,
        to: mail.toAddress,
        subject: mail.subject,
        text: mail.text ?? '',
      }
      await endMail(tx, mail, { state: 'sent', said: await handOver(setting, deps.secrets, letter), sentAt: now })
    } catch (error) {
      const pause = PAUSES_MINUTES[mail.attempts]
      const state = pause === undefined ? 'failed' : 'queued'
      await endMail(tx, mail, { state, said: wordsOf(error), sentAt: null })
      if (pause !== undefined)
        await enqueue(tx, 'mail:send', { merchantId, mailId }, { runAt: new Date(now.getTime() + pause * MINUTE_MS) })
    }
  })
}
