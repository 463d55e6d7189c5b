import { type Kysely, sql } from 'kysely'

/** Where the merchant's own programs want to be told, and each telling with what came of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['webhook', 'webhook_delivery']) await sql.raw(isolate(table)).execute(db)
}

const TABLES = `
  create table webhook (
    merchant_id uuid not null references merchant,
    webhook_id uuid not null,
    name text not null constraint webhook_name check (length(name) between 1 and 60),
    url text not null constraint webhook_url check (length(url) <= 2000),
    -- Empty: every type.
    events text[] not null,
    secret_box text not null,
    is_active boolean not null,
    -- The last position of the merchant's chain of events that was looked at.
    cursor bigint not null,
    created_by text not null,
    created_at timestamptz not null,
    primary key (merchant_id, webhook_id)
  );
  create table webhook_delivery (
    merchant_id uuid not null,
    delivery_id uuid not null,
    webhook_id uuid not null,
    -- What it tells of: the same event is told once to the same address.
    event_key text not null,
    type text not null,
    -- The body to the byte: a repeat says what the first said.
    payload text not null,
    state text not null constraint webhook_delivery_state check (state in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    next_at timestamptz not null,
    -- Whoever sends it now holds it until then.
    lease_until timestamptz,
    last_status integer,
    last_error text,
    last_ms integer,
    answered text,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (merchant_id, delivery_id),
    foreign key (merchant_id, webhook_id) references webhook on delete cascade,
    constraint webhook_delivery_once unique (merchant_id, webhook_id, event_key)
  );
  create index webhook_delivery_due on webhook_delivery (next_at) where state = 'pending';
  create index webhook_delivery_newest on webhook_delivery (merchant_id, webhook_id, delivery_id desc)`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
    grant select, insert, update, delete on ${table} to choba_app`
}
