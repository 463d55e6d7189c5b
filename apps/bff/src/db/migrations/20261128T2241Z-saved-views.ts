import { type Kysely, sql } from 'kysely'

/** Addresses of lists under a name, a person's own or everybody's, and which one a person's list opens with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['saved_view', 'saved_view_default']) await sql.raw(isolate(table)).execute(db)
  await sql`grant select, insert, update, delete on saved_view, saved_view_default to choba_app`.execute(db)
}

const TABLES = `
  create table saved_view (
    merchant_id uuid not null references merchant,
    view_id uuid not null,
    list text not null,
    name text not null,
    owner_id text not null,
    is_shared boolean not null,
    search text not null,
    columns text[],
    changed_at timestamptz not null default now(),
    primary key (merchant_id, view_id)
  );
  create index saved_view_by_owner on saved_view (merchant_id, list, owner_id);
  create index saved_view_shared on saved_view (merchant_id, list) where is_shared;
  create table saved_view_default (
    merchant_id uuid not null,
    user_id text not null,
    list text not null,
    view_id uuid not null,
    primary key (merchant_id, user_id, list),
    foreign key (merchant_id, view_id) references saved_view on delete cascade
  );
  create index saved_view_default_by_view on saved_view_default (merchant_id, view_id)`

function isolate(table: string): string {
  return `
  alter table ${table} enable row level security;
  create policy merchant_only on ${table} to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
