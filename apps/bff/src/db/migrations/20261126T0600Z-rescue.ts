import { type Kysely, sql } from 'kysely'

/** What the screening table and the rescue queue need beside NP's own lists, and when a provider was last asked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [AMOUNT, INDEXES, TABLES]) await sql.raw(step).execute(db)
  for (const table of ['rescue_aside', 'message_template', 'connection_poll']) await sql.raw(isolate(table)).execute(db)
  await sql.raw(`grant select, insert, update on rescue_aside, connection_poll to choba_app`).execute(db)
  await sql.raw(`grant select, insert, update, delete on message_template to choba_app`).execute(db)
}

/** What an attempt asked for: kept with it, so that a million attempts are summed without reading their payments. */
const AMOUNT = `
  alter table screening add column amount_yen bigint;
  update screening s set amount_yen = p.amount_yen from payment p where p.merchant_id = s.merchant_id and p.payment_id = s.payment_id;
  alter table screening alter column amount_yen set not null;
  -- The door writes a payment before its attempts.
  create function screening_amount() returns trigger language plpgsql as $$
  begin
    if new.amount_yen is null then
      select p.amount_yen into strict new.amount_yen from payment p where p.merchant_id = new.merchant_id and p.payment_id = new.payment_id;
    end if;
    return new;
  end $$;
  create trigger screening_amount before insert on screening for each row execute function screening_amount()`

const INDEXES = `
  -- The screening table by amount.
  create index screening_by_amount on screening (merchant_id, amount_yen desc, payment_id desc, attempt desc);
  -- The rescue queue: approvals that have lapsed.
  create index np_postpaid_lapsed on np_postpaid (merchant_id, ship_on, payment_id) where ended = 'expired'`

const TABLES = `
  -- Payments somebody has dealt with outside: off the queue until an attempt more is made.
  create table rescue_aside (
    merchant_id uuid not null,
    payment_id uuid not null,
    attempts smallint not null,
    set_aside_by text not null,
    set_aside_at timestamptz not null default now(),
    primary key (merchant_id, payment_id),
    foreign key (merchant_id, payment_id) references payment
  );

  -- What a shop writes to its customers, where it differs from the wording of the house.
  create table message_template (
    merchant_id uuid not null,
    shop_id uuid not null,
    kind text not null constraint message_template_kind check (kind in ('other_method')),
    language text not null constraint message_template_language check (language in ('ja', 'en')),
    subject text not null,
    body text not null,
    contact text not null,
    changed_by text not null,
    changed_at timestamptz not null default now(),
    primary key (merchant_id, shop_id, kind, language),
    foreign key (merchant_id, shop_id) references shop
  );

  -- When a provider was last asked, by its own clock, and how often in a row it has not answered.
  create table connection_poll (
    merchant_id uuid not null,
    connection_id uuid not null,
    asked_at timestamptz,
    failures integer not null default 0,
    failed_because text,
    primary key (merchant_id, connection_id),
    foreign key (merchant_id, connection_id) references connection
  )`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
