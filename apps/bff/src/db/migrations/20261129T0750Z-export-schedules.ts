import { type Kysely, sql } from 'kysely'

/** Exports that are taken by themselves, and files that go to a folder or leave as mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLES, RUNS, MAILS, ISOLATED]) await sql.raw(step).execute(db)
}

const TABLES = `
  create table export_schedule (
    merchant_id uuid not null references merchant,
    schedule_id uuid not null,
    name text not null,
    list text not null, view jsonb not null, encoding text not null, language text not null, substitute boolean not null,
    cadence text not null constraint export_schedule_cadence check (cadence in ('daily', 'weekly', 'monthly')),
    weekday integer not null, month_day integer not null, hour integer not null, minute integer not null,
    period text not null,
    delivery text not null constraint export_schedule_delivery check (delivery in ('keep', 'folder', 'mail')),
    -- People of the merchant: addresses are read when a mail leaves.
    file_name text not null, recipients text[] not null,
    owner_id text not null,
    -- As of a file: it is for whoever sees at least the shops of the person in whose name it is taken.
    shop_ids uuid[] default string_to_array(nullif(current_setting('choba.shops', true), ''), ',')::uuid[],
    is_paused boolean not null default false, stopped_by text,
    next_at timestamptz not null,
    primary key (merchant_id, schedule_id)
  );
  -- Each minute those of all merchants are asked for.
  create index export_schedule_due on export_schedule (next_at) where not is_paused`

const RUNS = `
  alter table export_run
    add column schedule_id uuid, add column due_at timestamptz,
    -- As it was set when the file was asked for: a schedule that is changed sends no earlier file elsewhere.
    add column delivery jsonb,
    add column delivered_at timestamptz, add column delivery_failure text;
  -- One file for each time that a schedule was due.
  create unique index export_run_due on export_run (merchant_id, schedule_id, due_at) where due_at is not null;
  create index export_run_of_schedule on export_run (merchant_id, schedule_id, asked_at desc) where schedule_id is not null`

const MAILS = `
  alter table outgoing_mail drop constraint outgoing_mail_kind;
  alter table outgoing_mail add constraint outgoing_mail_kind check (kind in ('invitation', 'export'));
  -- The file it carries.
  alter table outgoing_mail add column export_id uuid;
  create index outgoing_mail_export on outgoing_mail (merchant_id, export_id) where export_id is not null`

const ISOLATED = `
  alter table export_schedule enable row level security;
  create policy merchant_only on export_schedule to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
  create policy own_shops on export_schedule as restrictive for select to choba_app
    using ((select coalesce(current_setting('choba.shops', true), '') = '')
      or shop_ids <@ (select string_to_array(current_setting('choba.shops', true), ','))::uuid[]);
  grant select, insert, update, delete on export_schedule to choba_app`
