import { type Kysely, sql } from 'kysely'

/** The merchant's own wording of what leaves it; without a row the wording of the house is used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table text_template (
         merchant_id uuid not null references merchant,
         kind text not null,
         language text not null,
         -- Empty for a paragraph on paper.
         subject text not null,
         body text not null,
         changed_at timestamptz not null,
         primary key (merchant_id, kind, language)
       );
       alter table text_template enable row level security;
       create policy merchant_only on text_template to choba_app
         using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
         with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
       grant select, insert, update, delete on text_template to choba_app`,
    )
    .execute(db)
}
