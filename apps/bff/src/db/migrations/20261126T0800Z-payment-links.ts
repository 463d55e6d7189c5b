import { type Kysely, sql } from 'kysely'

/** Payment links of the Link type, and what happened to each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['payment_link', 'payment_link_event']) await sql.raw(isolate(table)).execute(db)
  await sql.raw(`grant select, insert, update on payment_link to choba_app`).execute(db)
  await sql.raw(`grant select, insert on payment_link_event to choba_app`).execute(db)
}

const TABLES = `
  -- What a customer is asked to pay on the provider's page. It becomes a payment when the provider's notice says so.
  create table payment_link (
    merchant_id uuid not null,
    link_id uuid not null,
    shop_id uuid not null,
    connection_id uuid not null,
    -- The public part of the address. Who knows it may pay, and see amount and item.
    token text not null constraint payment_link_token unique,
    order_number text not null,
    amount_yen bigint not null constraint payment_link_amount check (amount_yen > 0),
    item_name text not null,
    goods jsonb not null,
    customer jsonb not null,
    -- Beside the document, for the list.
    customer_name text not null,
    methods text[] not null constraint payment_link_methods check (cardinality(methods) > 0),
    state text not null constraint payment_link_state check (state in ('open', 'opened', 'ordered', 'paid', 'failed', 'cancelled', 'expired')),
    method text,
    site text,
    opened_at timestamptz,
    opens integer not null default 0,
    fault_code text,
    -- The provider's number of the purchase that stands, and the payment it became.
    tracking_id text,
    payment_id uuid,
    idempotency_key text not null,
    request_hash text not null,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (merchant_id, link_id),
    foreign key (merchant_id, shop_id) references shop,
    foreign key (merchant_id, connection_id) references connection,
    foreign key (merchant_id, payment_id) references payment,
    constraint payment_link_order unique (merchant_id, shop_id, order_number),
    constraint payment_link_key unique (merchant_id, idempotency_key)
  );
  -- The list of links by each of its orders.
  create index payment_link_by_time on payment_link (merchant_id, created_at desc, link_id desc);
  create index payment_link_by_amount on payment_link (merchant_id, amount_yen desc, link_id desc);
  create index payment_link_by_expiry on payment_link (merchant_id, expires_at desc, link_id desc);
  -- A notice names the purchase by the connection and the order.
  create index payment_link_by_purchase on payment_link (merchant_id, connection_id, order_number);
  -- Links that end by themselves.
  create index payment_link_live on payment_link (connection_id, expires_at) where state in ('open', 'opened', 'failed');
  -- Links whose order stands and whose money is still to come.
  create index payment_link_ordered on payment_link (merchant_id, link_id) where state = 'ordered';
  -- The payment's page leads back to its link.
  create index payment_link_by_payment on payment_link (merchant_id, payment_id) where payment_id is not null;

  -- The history on the page of a link.
  create table payment_link_event (
    merchant_id uuid not null,
    link_id uuid not null,
    event_id uuid not null,
    at timestamptz not null,
    kind text not null constraint payment_link_event_kind check (kind in ('created', 'opened', 'notice_accepted', 'notice_refused', 'returned', 'cancelled', 'expired')),
    detail text not null default '',
    primary key (merchant_id, link_id, event_id),
    foreign key (merchant_id, link_id) references payment_link
  )`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
