import { type Kysely, sql } from 'kysely'

/**
 * How many masked records a person may have shown within an hour. Merchants from before keep their readers masked until an
 * admin names a number; a demo shows what there is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table privacy_setting add column reveals_per_hour integer not null default 20
      constraint privacy_setting_reveals check (reveals_per_hour between 0 and 1000)`.execute(db)
  await sql`
    insert into privacy_setting (merchant_id, reveals_per_hour) select merchant_id, 0 from merchant where not is_demo
      on conflict (merchant_id) do update set reveals_per_hour = 0`.execute(db)
}
