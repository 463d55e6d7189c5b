import { type Kysely, sql } from 'kysely'

/** A link's history tells when its purchase was in doubt, and what the provider said when asked about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table payment_link_event drop constraint payment_link_event_kind,
      add constraint payment_link_event_kind check (kind in
        ('created', 'opened', 'notice_accepted', 'notice_refused', 'returned', 'doubted', 'asked', 'cancelled', 'expired')) not valid`.execute(
    db,
  )
  await sql`alter table payment_link_event validate constraint payment_link_event_kind`.execute(db)
}
