import { type Kysely, sql } from 'kysely'

/** Words of a merchant's own, and the payments they are on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['tag', 'payment_tag']) await sql.raw(isolate(table)).execute(db)
  await sql
    .raw(
      `grant select, insert, update on tag to choba_app;
       grant select, insert, delete on payment_tag to choba_app`,
    )
    .execute(db)
  await sql`select bind_to_shops()`.execute(db)
}

const TABLES = `
  create table tag (
    merchant_id uuid not null references merchant,
    tag_id uuid not null,
    name text not null,
    colour text not null,
    is_archived boolean not null default false,
    changed_at timestamptz not null default now(),
    primary key (merchant_id, tag_id)
  );
  create unique index tag_name_in_use on tag (merchant_id, lower(name)) where not is_archived;
  create table payment_tag (
    merchant_id uuid not null,
    payment_id uuid not null,
    tag_id uuid not null,
    shop_id uuid not null,
    put_at timestamptz not null default now(),
    primary key (merchant_id, payment_id, tag_id),
    foreign key (merchant_id, payment_id) references payment,
    foreign key (merchant_id, tag_id) references tag
  );
  create index payment_tag_by_tag on payment_tag (merchant_id, tag_id, payment_id)`

function isolate(table: string): string {
  return `
  alter table ${table} enable row level security;
  create policy merchant_only on ${table} to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
