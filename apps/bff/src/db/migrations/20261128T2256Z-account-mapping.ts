import { type Kysely, sql } from 'kysely'

/** What the merchant's books call each account of the postings, from a day on. The postings themselves never change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table account_mapping (
         merchant_id uuid not null references merchant,
         account text not null,
         valid_from date not null,
         code text not null,
         name text not null,
         sub_account text not null,
         tax_name text not null,
         primary key (merchant_id, account, valid_from)
       );
       alter table account_mapping enable row level security;
       create policy merchant_only on account_mapping to choba_app
         using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
         with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
       grant select, insert, update on account_mapping to choba_app`,
    )
    .execute(db)
}
