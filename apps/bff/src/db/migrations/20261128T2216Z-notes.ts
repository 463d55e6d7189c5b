import { type Kysely, sql } from 'kysely'

/** What people say to each other about a payment, whom they mean, and whose it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['payment_note', 'note_mention', 'payment_assignee']) await sql.raw(isolate(table)).execute(db)
  await sql
    .raw(
      `grant select, insert, update on payment_note, note_mention to choba_app;
       grant select, insert, update, delete on payment_assignee to choba_app;
       create policy own_shops on note_mention as restrictive to choba_app
         using ((select coalesce(current_setting('choba.shops', true), '') = '')
           or exists (select 1 from payment_note n where n.merchant_id = note_mention.merchant_id and n.note_id = note_mention.note_id))`,
    )
    .execute(db)
  await sql`select bind_to_shops()`.execute(db)
}

const TABLES = `
  create table payment_note (
    merchant_id uuid not null,
    note_id uuid not null,
    payment_id uuid not null,
    shop_id uuid not null,
    author_id text not null,
    body text not null,
    written_at timestamptz not null default now(),
    -- The words go with it; that somebody spoke stays.
    removed_at timestamptz,
    primary key (merchant_id, note_id),
    foreign key (merchant_id, payment_id) references payment,
    constraint payment_note_removed check ((removed_at is null) = (body <> ''))
  );
  create index payment_note_by_payment on payment_note (merchant_id, payment_id, written_at);
  create table note_mention (
    merchant_id uuid not null,
    note_id uuid not null,
    user_id text not null,
    read_at timestamptz,
    primary key (merchant_id, note_id, user_id),
    foreign key (merchant_id, note_id) references payment_note
  );
  create index note_mention_by_user on note_mention (merchant_id, user_id, note_id);
  create table payment_assignee (
    merchant_id uuid not null,
    payment_id uuid not null,
    shop_id uuid not null,
    user_id text not null,
    assigned_by text not null,
    assigned_at timestamptz not null default now(),
    read_at timestamptz,
    primary key (merchant_id, payment_id),
    foreign key (merchant_id, payment_id) references payment
  );
  create index payment_assignee_by_user on payment_assignee (merchant_id, user_id, assigned_at)`

function isolate(table: string): string {
  return `
  alter table ${table} enable row level security;
  create policy merchant_only on ${table} to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
