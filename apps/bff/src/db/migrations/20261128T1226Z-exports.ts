import { type Kysely, sql } from 'kysely'

/** Files of lists that are written in the background and kept, with who took them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['export_run', 'export_chunk', 'export_download']) await sql.raw(isolate(table)).execute(db)
  await sql.raw(`grant select, insert, update on export_run to choba_app`).execute(db)
  await sql.raw(`grant select, insert, delete on export_chunk to choba_app`).execute(db)
  await sql.raw(`grant select, insert on export_download to choba_app`).execute(db)
}

const TABLES = `
  create table export_run (
    merchant_id uuid not null,
    export_id uuid not null,
    list text not null,
    view jsonb not null,
    encoding text not null,
    language text not null,
    substitute boolean not null,
    state text not null constraint export_run_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    file_name text,
    rows bigint,
    rows_written bigint not null default 0,
    totals jsonb,
    bytes bigint not null default 0,
    sha256 text,
    failure_code text,
    failure_count bigint,
    asked_by text not null,
    asked_at timestamptz not null,
    ended_at timestamptz,
    kept_until date,
    is_kept boolean not null default true,
    idempotency_key text not null,
    request_hash text not null,
    primary key (merchant_id, export_id),
    constraint export_run_key unique (merchant_id, idempotency_key)
  );
  create index export_run_by_time on export_run (merchant_id, asked_at desc, export_id desc);
  -- Files whose time is over.
  create index export_run_kept on export_run (kept_until) where is_kept;

  create table export_chunk (
    merchant_id uuid not null,
    export_id uuid not null,
    number integer not null,
    body bytea not null,
    primary key (merchant_id, export_id, number),
    foreign key (merchant_id, export_id) references export_run
  );
  -- Compressed already, or soon read: packing it again costs more than the room.
  alter table export_chunk alter column body set storage external;

  create table export_download (
    merchant_id uuid not null,
    export_id uuid not null,
    download_id uuid not null,
    user_id text not null,
    at timestamptz not null,
    primary key (merchant_id, export_id, download_id),
    foreign key (merchant_id, export_id) references export_run
  )`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
