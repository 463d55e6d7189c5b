import { type Kysely, sql } from 'kysely'

/** Subscriptions, the cycles made of them, each try to charge a cycle, and what happened to each subscription. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['subscription', 'subscription_cycle', 'subscription_attempt', 'subscription_event'])
    await sql.raw(isolate(table)).execute(db)
  await sql
    .raw(`grant select, insert, update on subscription, subscription_cycle, subscription_attempt to choba_app`)
    .execute(db)
  await sql.raw(`grant select, insert on subscription_event to choba_app`).execute(db)
}

const TABLES = `
  create table subscription (
    merchant_id uuid not null,
    subscription_id uuid not null,
    shop_id uuid not null,
    -- Whose clock says what day it is.
    connection_id uuid not null,
    serial integer not null,
    -- The head of the order numbers of its cycles: code-number, and code-number-try after the first.
    code text not null,
    kind text not null constraint subscription_kind check (kind in ('np_schedule', 'fixed', 'metered')),
    method text not null,
    status text not null constraint subscription_status check (status in ('active', 'ending', 'paused', 'ended')),
    customer jsonb not null,
    delivery jsonb,
    goods jsonb not null,
    meter jsonb,
    -- Beside the documents, for lists and sums.
    customer_name text not null,
    item_name text not null,
    name_key text generated always as (nkey(customer_name) || ' ' || nkey(coalesce(customer ->> 'kana', ''))) stored,
    -- Of one cycle; nothing beside the use where use is metered.
    amount_yen bigint not null constraint subscription_amount check (amount_yen > 0 or amount_yen = 0 and kind = 'metered'),
    invoice text not null constraint subscription_invoice check (invoice in ('separate', 'bundled')),
    rhythm_unit text not null constraint subscription_rhythm check (rhythm_unit in ('month', 'week', 'day')),
    rhythm_every smallint not null constraint subscription_every check (rhythm_every > 0),
    rhythm_day smallint constraint subscription_day check (rhythm_day between 1 and 31),
    roll text not null constraint subscription_roll check (roll in ('none', 'previous', 'next')),
    generate_days smallint not null,
    charge_days smallint not null constraint subscription_lead check (charge_days between 0 and generate_days),
    next_number integer not null,
    -- The day the rhythm gives, before it moves from a holiday: what the following day is counted from.
    next_nominal date not null,
    -- Null while there is nothing to come, or nobody knows when.
    next_on date,
    next_generate_on date,
    ends_on date,
    -- The end it was made with: what holds again when a cancellation is taken back.
    agreed_ends_on date,
    started_on date not null,
    ended_on date,
    retry_days smallint[] not null,
    on_failure text not null constraint subscription_on_failure check (on_failure in ('fallback', 'skip', 'pause')),
    fallback_method text,
    fallback_store text,
    -- The payment whose card is charged, and the provider's number of it.
    card_payment_id uuid,
    tracking_id text,
    idempotency_key text not null,
    request_hash text not null,
    created_by text not null,
    created_at timestamptz not null,
    primary key (merchant_id, subscription_id),
    foreign key (merchant_id, shop_id) references shop,
    foreign key (merchant_id, connection_id) references connection,
    foreign key (merchant_id, card_payment_id) references payment,
    constraint subscription_serial unique (merchant_id, serial),
    constraint subscription_code unique (merchant_id, code),
    constraint subscription_key unique (merchant_id, idempotency_key)
  );
  -- The list of subscriptions by each of its orders.
  create index subscription_by_time on subscription (merchant_id, created_at desc, subscription_id desc);
  create index subscription_by_next on subscription (merchant_id, (coalesce(next_on, '9999-12-31'::date)) desc, subscription_id desc);
  create index subscription_by_amount on subscription (merchant_id, amount_yen desc, subscription_id desc);
  -- What is to be made up next; the scheduler takes from its front.
  create index subscription_due on subscription (merchant_id, connection_id, next_generate_on) where next_generate_on is not null;
  -- Those that end by themselves.
  create index subscription_ending on subscription (merchant_id, ends_on) where ends_on is not null and status <> 'ended';
  -- The month view's churn.
  create index subscription_ended on subscription (merchant_id, ended_on) where ended_on is not null;

  -- One order of a subscription: frozen when it is made up.
  create table subscription_cycle (
    merchant_id uuid not null,
    subscription_id uuid not null,
    number integer not null,
    state text not null constraint subscription_cycle_state
      check (state in ('awaiting_usage', 'generated', 'charging', 'held', 'retrying', 'charged', 'failed', 'skipped', 'cancelled')),
    method text not null,
    falls_on date not null,
    charge_on date not null,
    -- When the scheduler has something to do with it.
    due_on date,
    goods jsonb not null,
    meter jsonb,
    -- Null while nobody has said what was used.
    amount_yen bigint constraint subscription_cycle_amount check (amount_yen >= 0),
    usage integer constraint subscription_cycle_usage check (usage >= 0),
    payment_id uuid,
    attempts smallint not null default 0,
    failures smallint not null default 0,
    fell_back boolean not null default false,
    -- Of the first try; null until it is decided.
    failed_first boolean,
    first_failed_on date,
    generated_on date not null,
    primary key (merchant_id, subscription_id, number),
    foreign key (merchant_id, subscription_id) references subscription,
    foreign key (merchant_id, payment_id) references payment
  );
  -- What is to be charged or tried again.
  create index subscription_cycle_due on subscription_cycle (merchant_id, due_on) where due_on is not null;
  -- Cycles whose payment is still followed, and those that somebody should look at.
  create index subscription_cycle_open on subscription_cycle (merchant_id, state, subscription_id)
    where state in ('awaiting_usage', 'generated', 'charging', 'held', 'retrying', 'failed');
  -- Calendar and month view.
  create index subscription_cycle_by_day on subscription_cycle (merchant_id, falls_on, state);
  -- From a payment to its subscription.
  create index subscription_cycle_payment on subscription_cycle (merchant_id, payment_id) where payment_id is not null;

  -- Each try to charge a cycle: an order with a number of its own, so that a repeat finds what the first one made.
  create table subscription_attempt (
    merchant_id uuid not null,
    subscription_id uuid not null,
    number integer not null,
    attempt smallint not null,
    method text not null,
    order_number text not null,
    payment_id uuid,
    outcome text not null constraint subscription_attempt_outcome check (outcome in ('open', 'charged', 'failed', 'cancelled')),
    asked_on date not null,
    ended_on date,
    codes text[] not null default '{}',
    primary key (merchant_id, subscription_id, number, attempt),
    foreign key (merchant_id, subscription_id, number) references subscription_cycle,
    foreign key (merchant_id, payment_id) references payment,
    constraint subscription_attempt_order unique (merchant_id, order_number)
  );
  -- Tries whose order is to be taken, or whose answer is awaited.
  create index subscription_attempt_open on subscription_attempt (merchant_id, subscription_id, number) where outcome = 'open';

  -- The history on the page of a subscription.
  create table subscription_event (
    merchant_id uuid not null,
    subscription_id uuid not null,
    event_id uuid not null,
    at timestamptz not null,
    kind text not null,
    detail jsonb not null default '{}',
    actor_kind text not null,
    actor_id text not null,
    -- A person's act: the same key again changes nothing.
    idempotency_key text,
    request_hash text,
    primary key (merchant_id, subscription_id, event_id),
    foreign key (merchant_id, subscription_id) references subscription
  );
  create unique index subscription_event_key on subscription_event (merchant_id, subscription_id, idempotency_key) where idempotency_key is not null`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
