import { type Kysely, sql } from 'kysely'

/** The books: merchants, payments, their events, journal, rollups, operations and provider messages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [
    ROLE,
    TEXT_KEYS,
    MERCHANTS,
    PAYMENTS,
    BOOKS,
    ROLLUPS,
    WORK,
    STATEMENTS,
    PEOPLE,
    APPEND_ONLY,
    BALANCED,
    IN_FLIGHT,
    CHAIN,
    ENQUEUE,
  ]) {
    await sql.raw(step).execute(db)
  }
  for (const table of TENANT_TABLES) await sql.raw(isolate(table)).execute(db)
  await sql.raw(GRANTS).execute(db)
}

/** A role that owns nothing: row-level security binds it, so a forgotten scope returns nothing. */
const ROLE = `
  do $$ begin
    create role choba_app nologin;
  exception when duplicate_object or unique_violation then null; end $$;
  do $$ begin
    if not pg_has_role(current_user, 'choba_app', 'member') or not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant choba_app to %I', current_user);
    end if;
  exception when others then
    if not pg_has_role(current_user, 'choba_app', 'member') then raise; end if;
  end $$;
  grant usage on schema public to choba_app`

/**
 * nkey folds what a person does not distinguish: width, case, hiragana and katakana, spaces, variant kanji.
 * bigrams serves two-character searches, which trigrams cannot.
 */
const TEXT_KEYS = `
  create extension if not exists pg_trgm;
  create function nkey(t text) returns text language sql immutable strict parallel safe as $$
    select translate(
      upper(regexp_replace(normalize(t, NFKC), '[[:space:]]', '', 'g')),
      'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ髙﨑齋齊斎邊邉澤濵濱廣德槗嶋嶌櫻國惠眞',
      'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ高崎斉斉斉辺辺沢浜浜広徳橋島島桜国恵真')
  $$;
  create function bigrams(t text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct substr(t, i, 2)), '{}') from generate_series(1, greatest(length(t) - 1, 0)) i
  $$;
  create function digits(t text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(normalize(t, NFKC), '[^0-9]', '', 'g')
  $$`

const MERCHANTS = `
  create table merchant (
    merchant_id uuid primary key,
    name text not null,
    environment text not null constraint merchant_environment check (environment in ('live', 'sandbox')),
    created_at timestamptz not null default now()
  );
  create table shop (
    merchant_id uuid not null references merchant,
    shop_id uuid not null,
    code text not null,
    name text not null,
    primary key (merchant_id, shop_id),
    constraint shop_code_unique unique (merchant_id, code)
  );
  create table connection (
    merchant_id uuid not null references merchant,
    connection_id uuid not null,
    shop_id uuid not null,
    provider text not null,
    connection_method text not null,
    methods text[] not null,
    base_url text not null,
    settings jsonb not null default '{}',
    secret_box text not null,
    valid_from date not null,
    primary key (merchant_id, connection_id),
    foreign key (merchant_id, shop_id) references shop
  );
  -- Serves the notice endpoint, which knows only the provider's own merchant and service id.
  create index connection_by_provider_account on connection (provider, jsonb_extract_path_text(settings, 'account'))`

const PAYMENTS = `
  create table payment (
    merchant_id uuid not null references merchant,
    payment_id uuid not null,
    shop_id uuid not null,
    ordered_at timestamptz not null,
    updated_at timestamptz not null default now(),
    amount_yen bigint not null constraint payment_amount_not_negative check (amount_yen >= 0),
    captured_yen bigint not null default 0,
    refunded_yen bigint not null default 0,
    fee_yen bigint not null default 0,
    net_yen bigint generated always as (captured_yen - refunded_yen - fee_yen) stored,
    ordered_on date not null,
    captured_on date,
    paid_out_on date,
    next_on date,
    version integer not null,
    order_branch smallint not null default 0,
    method text not null,
    status text not null,
    site text not null,
    billing_method text not null,
    connection_method text not null,
    next_kind text,
    in_flight text,
    connection_id uuid not null,
    order_number text not null,
    provider_id text,
    transaction_id text,
    slip_number text,
    reasons text[] not null default '{}',
    customer_name text not null default '',
    customer_kana text not null default '',
    phone text not null default '',
    email text not null default '',
    state jsonb not null,
    name_key text generated always as (nkey(customer_name) || ' ' || nkey(customer_kana)) stored,
    phone_digits text generated always as (digits(phone)) stored,
    primary key (merchant_id, payment_id),
    foreign key (merchant_id, shop_id) references shop,
    constraint payment_order_unique unique (merchant_id, shop_id, order_number, order_branch)
  -- Room on each page for the next version of a row: a mark set and taken back touches no index.
  ) with (fillfactor = 80);
  -- The ledger, newest first, and every filter that is not rare.
  create index payment_by_time on payment (merchant_id, ordered_at desc, payment_id desc);
  -- A few shops × methods × statuses: one short walk for each combination, merged.
  create index payment_by_combination on payment (merchant_id, shop_id, method, status, ordered_at desc, payment_id desc);
  -- The ledger sorted or filtered by the other days and by amount. Rows without a day stand last.
  create index payment_by_captured_on on payment (merchant_id, coalesce(captured_on, date '0001-01-01') desc, payment_id desc);
  create index payment_by_paid_out_on on payment (merchant_id, coalesce(paid_out_on, date '0001-01-01') desc, payment_id desc);
  create index payment_by_amount on payment (merchant_id, amount_yen desc, payment_id desc);
  -- Search by what a customer or a statement quotes.
  create index payment_by_order_number on payment (merchant_id, order_number text_pattern_ops);
  create index payment_by_provider_id on payment (merchant_id, provider_id text_pattern_ops) where provider_id is not null;
  create index payment_by_slip_number on payment (merchant_id, slip_number text_pattern_ops) where slip_number is not null;
  -- Which payment a provider's message speaks of.
  create index payment_by_connection_id on payment (merchant_id, connection_id, provider_id) where provider_id is not null;
  create index payment_by_phone on payment (merchant_id, phone_digits text_pattern_ops);
  create index payment_by_name on payment using gin (name_key gin_trgm_ops);
  create index payment_by_name_bigrams on payment using gin (bigrams(name_key));
  -- The polling job: what a provider may still have news of.
  create index payment_open_by_connection on payment (merchant_id, connection_id, status) where status in ('registered', 'in_review', 'on_hold', 'authorized', 'captured', 'arrived', 'settled', 'awaiting_payment');

  create table order_detail (
    merchant_id uuid not null,
    payment_id uuid not null,
    customer jsonb not null,
    delivery jsonb,
    goods jsonb not null,
    primary key (merchant_id, payment_id),
    foreign key (merchant_id, payment_id) references payment deferrable initially deferred
  )`

const BOOKS = `
  create table chain_head (
    merchant_id uuid primary key references merchant,
    position bigint not null default 0,
    hash bytea not null
  );
  create table payment_event (
    merchant_id uuid not null,
    payment_id uuid not null,
    sequence integer not null,
    position bigint not null,
    type text not null,
    at timestamptz not null,
    recorded_at timestamptz not null default now(),
    actor_kind text not null,
    actor_id text,
    message_id uuid,
    operation_id uuid,
    data jsonb not null,
    hash bytea not null,
    primary key (merchant_id, payment_id, sequence),
    constraint payment_event_chain unique (merchant_id, position)
  );
  create table journal_entry (
    merchant_id uuid not null,
    entry_id uuid not null,
    payment_id uuid not null,
    sequence integer not null,
    kind text not null,
    booked_on date not null,
    reverses uuid,
    recorded_at timestamptz not null default now(),
    primary key (merchant_id, entry_id)
  );
  create index journal_entry_by_payment on journal_entry (merchant_id, payment_id, sequence);
  create index journal_entry_by_day on journal_entry (merchant_id, booked_on, entry_id);
  -- Debit is positive, credit negative; the lines of an entry sum to zero.
  create table posting (
    merchant_id uuid not null,
    entry_id uuid not null,
    line smallint not null,
    account text not null,
    sub_account text,
    tax_class text,
    amount_yen bigint not null constraint posting_not_zero check (amount_yen <> 0),
    primary key (merchant_id, entry_id, line),
    foreign key (merchant_id, entry_id) references journal_entry
  )`

const ROLLUP_COLUMNS = `
    merchant_id uuid not null,
    date_kind text not null,
    day date not null,
    shop_id uuid not null,
    method text not null,
    status text not null,
    site text not null,
    billing_method text not null,
    connection_method text not null,
    payments bigint not null,
    amount_yen bigint not null,
    captured_yen bigint not null,
    refunded_yen bigint not null,
    fee_yen bigint not null`

/** Deltas are appended with the payment's own transaction and folded later; a read adds what is not folded yet. */
const ROLLUPS = `
  create table rollup_delta (delta_id bigint generated always as identity, ${ROLLUP_COLUMNS}, primary key (merchant_id, delta_id));
  create table rollup_day (${ROLLUP_COLUMNS}, primary key (merchant_id, date_kind, day, shop_id, method, status, site, billing_method, connection_method));
  create table rollup_month (${ROLLUP_COLUMNS}, primary key (merchant_id, date_kind, day, shop_id, method, status, site, billing_method, connection_method))`

const WORK = `
  create table operation (
    merchant_id uuid not null,
    operation_id uuid not null,
    payment_id uuid not null,
    connection_id uuid not null,
    kind text not null,
    state text not null constraint operation_state check (state in ('accepted', 'running', 'unknown', 'done', 'refused', 'failed')),
    idempotency_key text not null,
    request_hash text not null,
    request jsonb not null,
    amount_yen bigint,
    reason text,
    codes text[] not null default '{}',
    progress jsonb not null default '{}',
    actor_kind text not null,
    actor_id text,
    attempts integer not null default 0,
    requested_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz,
    primary key (merchant_id, operation_id),
    foreign key (merchant_id, payment_id) references payment deferrable initially deferred,
    constraint operation_idempotency_unique unique (merchant_id, idempotency_key)
  );
  -- One operation at a time on a payment: two clicks, two tabs or two people cannot both win.
  create unique index operation_in_flight on operation (merchant_id, payment_id) where state in ('accepted', 'running', 'unknown');
  create index operation_by_payment on operation (merchant_id, payment_id, requested_at);
  create index operation_open on operation (state, requested_at) where state in ('accepted', 'running', 'unknown');

  create table provider_message (
    merchant_id uuid not null,
    message_id uuid not null,
    connection_id uuid not null,
    provider text not null,
    kind text not null,
    direction text not null constraint provider_message_direction check (direction in ('inbound', 'outbound')),
    unique_key text not null,
    provider_id text,
    payment_id uuid,
    operation_id uuid,
    state text not null constraint provider_message_state check (state in ('received', 'applied', 'waiting', 'ignored')),
    reason text,
    attempts integer not null default 0,
    content_type text not null,
    body bytea not null,
    context jsonb not null default '{}',
    said_at timestamptz not null,
    received_at timestamptz not null default now(),
    applied_at timestamptz,
    primary key (merchant_id, message_id),
    constraint provider_message_unique unique (merchant_id, connection_id, unique_key)
  );
  create index provider_message_open on provider_message (merchant_id, state, message_id) where state in ('received', 'waiting');
  -- What waits for a payment whose provider id was not known yet.
  create index provider_message_waiting on provider_message (merchant_id, provider_id) where state = 'waiting';
  create index provider_message_by_payment on provider_message (merchant_id, payment_id, received_at) where payment_id is not null`

const STATEMENTS = `
  create table statement (
    merchant_id uuid not null,
    statement_id uuid not null,
    connection_id uuid not null,
    statement_number text not null,
    method text not null,
    closing_on date not null,
    pay_on date not null,
    gross_yen bigint not null,
    fee_yen bigint not null,
    transfer_yen bigint not null,
    state text not null constraint statement_state check (state in ('closed', 'paid')),
    paid_on date,
    primary key (merchant_id, statement_id),
    constraint statement_number_unique unique (merchant_id, connection_id, statement_number)
  );
  create table statement_line (
    merchant_id uuid not null,
    statement_id uuid not null,
    line integer not null,
    payment_id uuid,
    provider_id text not null,
    order_number text not null,
    gross_yen bigint not null,
    fee_yen bigint not null,
    fee_tax_yen bigint not null,
    transfer_yen bigint not null,
    primary key (merchant_id, statement_id, line),
    foreign key (merchant_id, statement_id) references statement
  );
  create index statement_line_by_payment on statement_line (merchant_id, payment_id) where payment_id is not null`

const PEOPLE = `
  create table member (
    merchant_id uuid not null references merchant,
    user_id text not null,
    role text not null constraint member_role check (role in ('staff', 'accountant', 'admin')),
    primary key (merchant_id, user_id)
  );
  create index member_by_user on member (user_id);
  create table preference (
    merchant_id uuid not null references merchant,
    user_id text not null,
    key text not null,
    value jsonb not null,
    updated_at timestamptz not null default now(),
    primary key (merchant_id, user_id, key)
  );
  create table audit_log (
    merchant_id uuid not null references merchant,
    audit_id uuid not null,
    at timestamptz not null default now(),
    actor_kind text not null,
    actor_id text,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    before jsonb,
    after jsonb,
    reason text,
    primary key (merchant_id, audit_id)
  );
  create index audit_log_by_subject on audit_log (merchant_id, subject_kind, subject_id, at)`

/** Books are only added to: the database refuses what the code must never try. */
const APPEND_ONLY = `
  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only: a correction is a new entry', tg_table_name using errcode = 'restrict_violation';
  end $$;
  create trigger append_only before update or delete or truncate on payment_event for each statement execute function refuse_change();
  create trigger append_only before update or delete or truncate on journal_entry for each statement execute function refuse_change();
  create trigger append_only before update or delete or truncate on posting for each statement execute function refuse_change();
  create trigger append_only before update or delete or truncate on audit_log for each statement execute function refuse_change()`

const BALANCED = `
  create function refuse_unbalanced() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from added group by merchant_id, entry_id having sum(amount_yen) <> 0) then
      raise exception 'a journal entry does not balance' using errcode = 'check_violation', constraint = 'posting_balanced';
    end if;
    return null;
  end $$;
  create trigger balanced after insert on posting referencing new table as added for each statement execute function refuse_unbalanced()`

/** `payment.in_flight` mirrors the operation that has not ended, so that a list needs no join. */
const IN_FLIGHT = `
  create function mirror_in_flight() returns trigger language plpgsql as $$
  begin
    update payment set in_flight = case when new.state in ('accepted', 'running', 'unknown') then new.kind end, updated_at = now()
      where merchant_id = new.merchant_id and payment_id = new.payment_id
      and in_flight is distinct from case when new.state in ('accepted', 'running', 'unknown') then new.kind end;
    return null;
  end $$;
  create trigger mirror_insert after insert on operation for each row execute function mirror_in_flight();
  create trigger mirror_update after update of state on operation for each row when (old.state is distinct from new.state) execute function mirror_in_flight()`

/** hash = SHA-256(previous hash ‖ content hash), along the merchant's events. */
const CHAIN = `
  create function chain_step(state bytea, head bytea, content bytea) returns bytea language sql immutable parallel safe as $$
    select sha256(coalesce(state, head) || content)
  $$;
  create aggregate chain_hash(bytea, bytea) (sfunc = chain_step, stype = bytea)`

/** Lets the scoped role put a job into the queue inside its own transaction, and nothing else of the queue. */
const ENQUEUE = `
  create function enqueue_job(task text, payload json, queue text, job_key text, run_at timestamptz, max_attempts integer)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    perform graphile_worker.add_job(identifier => task, payload => payload, queue_name => queue, run_at => run_at, max_attempts => max_attempts, job_key => job_key);
  end $$;
  revoke all on function enqueue_job(text, json, text, text, timestamptz, integer) from public;
  grant execute on function enqueue_job(text, json, text, text, timestamptz, integer) to choba_app`

const TENANT_TABLES = [
  'merchant',
  'shop',
  'connection',
  'payment',
  'order_detail',
  'chain_head',
  'payment_event',
  'journal_entry',
  'posting',
  'rollup_delta',
  'rollup_day',
  'rollup_month',
  'operation',
  'provider_message',
  'statement',
  'statement_line',
  'member',
  'preference',
  'audit_log',
]

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}

const GRANTS = `
  grant select on merchant, shop, connection, member, rollup_day, rollup_month to choba_app;
  grant select, insert on payment_event, journal_entry, posting, rollup_delta, audit_log, statement_line to choba_app;
  grant select, insert, update on payment, order_detail, chain_head, operation, provider_message, statement, preference to choba_app`
