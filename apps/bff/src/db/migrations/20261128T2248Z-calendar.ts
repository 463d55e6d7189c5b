import { type Kysely, sql } from 'kysely'

/** Days by which a merchant's calendar departs from the library's national holidays, and those that only it or a provider keeps. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table calendar_day (
         merchant_id uuid not null references merchant,
         scope text not null constraint calendar_scope check (scope in ('nation', 'shop', 'np', 'sbps')),
         day date not null,
         closed boolean not null,
         name text not null,
         source text not null constraint calendar_source check (source in ('own', 'file')),
         primary key (merchant_id, scope, day)
       );
       alter table calendar_day enable row level security;
       create policy merchant_only on calendar_day to choba_app
         using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
         with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
       grant select, insert, update, delete on calendar_day to choba_app`,
    )
    .execute(db)
}
