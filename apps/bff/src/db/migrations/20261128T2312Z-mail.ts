import { type Kysely, sql } from 'kysely'

/** How a merchant's mails leave, and each that did or shall. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLES, ...['mail_setting', 'outgoing_mail'].map(isolate), GRANTS])
    await sql.raw(step).execute(db)
}

const TABLES = `
  create table mail_setting (
    merchant_id uuid primary key references merchant,
    host text not null, port integer not null,
    security text not null constraint mail_setting_security check (security in ('tls', 'starttls', 'none')),
    user_name text not null, password_box text,
    from_address text not null, from_name text not null
  );
  create table outgoing_mail (
    merchant_id uuid not null references merchant,
    mail_id uuid not null,
    kind text not null constraint outgoing_mail_kind check (kind in ('invitation')),
    -- What it is about: the same cause makes no second mail to the same address.
    cause text not null,
    to_address text not null, subject text not null,
    -- Gone once it was sent: it may hold a link that lets somebody in.
    text text,
    state text not null default 'queued' constraint outgoing_mail_state check (state in ('queued', 'sent', 'failed')),
    attempts integer not null default 0,
    said text,
    queued_at timestamptz not null default now(), sent_at timestamptz,
    primary key (merchant_id, mail_id),
    constraint outgoing_mail_cause unique (merchant_id, cause, to_address)
  )`

const GRANTS = `
  grant select, insert, update, delete on mail_setting to choba_app;
  grant select, insert, update on outgoing_mail to choba_app`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
