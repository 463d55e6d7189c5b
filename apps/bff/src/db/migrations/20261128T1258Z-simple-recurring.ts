import { type Kysely, sql } from 'kysely'

/** A link may begin a subscription that the provider charges by itself; one that it began is known to it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table payment_link
      -- Whether the first month is free, and the last month; null when it is paid once.
      add column recurring jsonb,
      add column subscription_id uuid,
      add foreign key (merchant_id, subscription_id) references subscription`.execute(db)
  await sql`
    alter table subscription drop constraint subscription_kind,
      add constraint subscription_kind check (kind in ('np_schedule', 'fixed', 'metered', 'simple'))`.execute(db)
}
