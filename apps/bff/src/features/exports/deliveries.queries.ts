/** Mails that carry a file, counted. */
import { type RawBuilder, sql } from 'kysely'

export type MailCounts = {
  readonly mailsFailed: number
  readonly mailsWaiting: number
  readonly mailedAt: Date | null
}

/** Of the run in hand, for a lateral join; served by outgoing_mail_export. */
export function mailCounts(run: string): RawBuilder<unknown> {
  const of = sql.raw(run)
  return sql`select count(*) filter (where o.state = 'failed')::int as mails_failed,
      count(*) filter (where o.state = 'queued')::int as mails_waiting, max(o.sent_at) as mailed_at
    from outgoing_mail o where o.merchant_id = ${of}.merchant_id and o.export_id = ${of}.export_id`
}
