import { type Kysely, sql } from 'kysely'

/** The merchant's own words for why something is cancelled, refunded or changed, and where one must be given. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table reason_setting (
         merchant_id uuid primary key references merchant,
         reasons jsonb not null,
         required text[] not null
       );
       alter table reason_setting enable row level security;
       create policy merchant_only on reason_setting to choba_app
         using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
         with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
       grant select, insert, update on reason_setting to choba_app`,
    )
    .execute(db)
}
