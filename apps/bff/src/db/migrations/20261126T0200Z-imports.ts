import { type Kysely, sql } from 'kysely'

/** Files that were brought in, row by row, and the words by which a shop names its carriers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [IMPORTS, CARRIERS]) await sql.raw(step).execute(db)
  for (const table of ['import_run', 'import_row', 'import_mapping', 'carrier_mapping', 'carrier_permit'])
    await sql.raw(isolate(table)).execute(db)
  await sql.raw(`grant select, insert, update on import_run, import_row, import_mapping to choba_app`).execute(db)
  await sql.raw(`grant select, insert, update, delete on carrier_mapping, carrier_permit to choba_app`).execute(db)
}

const IMPORTS = `
  -- kind and layout are the code's own lists (packages/shared/src/imports): a new kind of file needs no migration.
  create table import_run (
    merchant_id uuid not null references merchant,
    run_id uuid not null,
    kind text not null,
    shop_id uuid not null,
    file_name text not null,
    sha256 text not null,
    bytes integer not null,
    encoding text not null constraint import_run_encoding check (encoding in ('utf8', 'cp932')),
    delimiter text not null,
    header text[] not null,
    layout text,
    mapping jsonb not null,
    carrier_code text,
    state text not null constraint import_run_state check (state in ('mapping', 'checking', 'preview', 'running', 'cancelled', 'done')),
    total integer not null,
    counts jsonb not null,
    created_by text not null,
    created_by_name text not null,
    created_at timestamptz not null default now(),
    started_by text,
    started_at timestamptz,
    ended_at timestamptz,
    primary key (merchant_id, run_id),
    foreign key (merchant_id, shop_id) references shop
  );
  -- The same file twice changes nothing, unless the first time was called off.
  create unique index import_run_file on import_run (merchant_id, kind, shop_id, sha256) where state <> 'cancelled';
  -- The list of imports of a kind, newest first: ids are made in order of time.
  create index import_run_by_kind on import_run (merchant_id, kind, run_id desc);

  create table import_row (
    merchant_id uuid not null,
    run_id uuid not null,
    row_number integer not null,
    line integer not null,
    cells text[] not null,
    edits jsonb not null default '{}',
    -- What rows are held against each other by: an order's further lines, the same order or slip number twice.
    order_number text,
    slip_key text,
    head_row integer,
    state text not null constraint import_row_state check (state in ('unchecked', 'ready', 'faulty', 'left_out', 'sent', 'done', 'failed')),
    faults jsonb not null default '[]',
    confirmed boolean not null default false,
    attempts smallint not null default 0,
    payment_id uuid,
    operation_key text,
    result text,
    reasons text[] not null default '{}',
    primary key (merchant_id, run_id, row_number),
    foreign key (merchant_id, run_id) references import_run
  ) with (fillfactor = 70);
  -- The preview by state, and the next rows to check, to send and to settle.
  create index import_row_by_state on import_row (merchant_id, run_id, state, row_number);
  create index import_row_by_order on import_row (merchant_id, run_id, order_number, row_number);
  create index import_row_by_slip on import_row (merchant_id, run_id, slip_key) where slip_key is not null;

  -- Which column is which, by the header of the file: remembered for the next one.
  create table import_mapping (
    merchant_id uuid not null references merchant,
    shop_id uuid not null,
    kind text not null,
    header_hash text not null,
    mapping jsonb not null,
    carrier_code text,
    updated_by text not null,
    updated_at timestamptz not null default now(),
    primary key (merchant_id, shop_id, kind, header_hash),
    foreign key (merchant_id, shop_id) references shop
  )`

const CARRIERS = `
  create table carrier_mapping (
    merchant_id uuid not null references merchant,
    shop_id uuid not null,
    delivery_method text not null,
    carrier_code text not null constraint carrier_mapping_code check (carrier_code ~ '^[0-9]{5}$'),
    primary key (merchant_id, shop_id, delivery_method),
    foreign key (merchant_id, shop_id) references shop
  );
  -- Only what differs from the standard contract: carriers with tracking yes, the one without no.
  create table carrier_permit (
    merchant_id uuid not null references merchant,
    shop_id uuid not null,
    carrier_code text not null constraint carrier_permit_code check (carrier_code ~ '^[0-9]{5}$'),
    allowed boolean not null,
    primary key (merchant_id, shop_id, carrier_code),
    foreign key (merchant_id, shop_id) references shop
  )`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
