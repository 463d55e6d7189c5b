import { type Kysely, sql } from 'kysely'

/**
 * Between a person's order and the provider: a ceiling for each role, a second person from an amount on, and a while in which
 * an order can be taken back. An operation that waits (`requested`, `held`) is in flight: nothing else is begun on its payment.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLES, ...['safety_setting', 'refund_ceiling'].map(isolate), STATES, IN_FLIGHT])
    await sql.raw(step).execute(db)
  await sql
    .raw(
      `grant select, insert, update on safety_setting to choba_app;
       grant select, insert, update, delete on refund_ceiling to choba_app`,
    )
    .execute(db)
}

const TABLES = `
  create table safety_setting (
    merchant_id uuid primary key references merchant,
    second_person_from_yen bigint constraint safety_setting_yen check (second_person_from_yen > 0),
    hold_seconds integer not null default 0 constraint safety_setting_seconds check (hold_seconds between 0 and 3600),
    hold_actions text[] not null default '{}'
  );
  -- A built-in role by its name, one of the merchant's own by its id, key for programs.
  create table refund_ceiling (
    merchant_id uuid not null references merchant,
    role text not null,
    ceiling_yen bigint not null constraint refund_ceiling_yen check (ceiling_yen > 0),
    primary key (merchant_id, role)
  )`

const WAITS = `('requested', 'held', 'accepted', 'running', 'unknown')`

const STATES = `
  alter table operation drop constraint operation_state,
    add constraint operation_state check (state in ('requested', 'held', 'accepted', 'running', 'unknown', 'done', 'refused', 'failed', 'declined', 'withdrawn')),
    add column sent_at timestamptz, add column decided_by text, add column decided_reason text;
  drop index operation_in_flight;
  create unique index operation_in_flight on operation (merchant_id, payment_id) where state in ${WAITS};
  create index operation_waiting on operation (merchant_id, requested_at) where state in ('requested', 'held')`

const IN_FLIGHT = `
  create or replace function mirror_in_flight() returns trigger language plpgsql as $$
  begin
    update payment set in_flight = case when new.state in ${WAITS} then new.kind end, updated_at = now()
      where merchant_id = new.merchant_id and payment_id = new.payment_id
      and in_flight is distinct from case when new.state in ${WAITS} then new.kind end;
    return null;
  end $$`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
