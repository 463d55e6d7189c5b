import { type Kysely, sql } from 'kysely'

/** Bundled invoices as they were printed, and by whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['invoice_print_batch', 'invoice_print']) await sql.raw(isolate(table)).execute(db)
}

const TABLES = `
  -- One request to print: what came of it is answered again to the same key.
  create table invoice_print_batch (
    merchant_id uuid not null references merchant,
    print_id uuid not null,
    idempotency_key text not null,
    request_hash text not null,
    -- Orders without a page, with their reasons.
    refused jsonb not null,
    printed_by text not null,
    printed_at timestamptz not null,
    primary key (merchant_id, print_id),
    constraint invoice_print_batch_key unique (merchant_id, idempotency_key)
  );
  -- One page. The document is what stands on it: a second copy says what the first said, whatever was changed since.
  create table invoice_print (
    merchant_id uuid not null,
    print_id uuid not null,
    payment_id uuid not null,
    page integer not null,
    provider_id text not null,
    amount_yen bigint not null,
    issued_on date not null,
    due_on date not null,
    document jsonb not null,
    printed_at timestamptz not null,
    primary key (merchant_id, print_id, page),
    foreign key (merchant_id, print_id) references invoice_print_batch,
    foreign key (merchant_id, payment_id) references payment
  );
  -- The newest page of a payment: the workbench's mark, and the day of issue in the shipment report.
  create index invoice_print_by_payment on invoice_print (merchant_id, payment_id, printed_at desc, print_id)`

/** What was printed is printed: rows are only added. */
function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
    grant select, insert on ${table} to choba_app`
}
