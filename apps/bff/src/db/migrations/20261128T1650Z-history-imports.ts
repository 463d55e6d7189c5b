import { type Kysely, sql } from 'kysely'

/**
 * Past sales brought in by file: how a file is to be read (its own words, its order of days), what each of its sales comes
 * to, and runs that are taken back. A sale from a file counts against no limit: NP has long had the money or never will.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [READING, TALLY, STATES, OPEN]) await sql.raw(step).execute(db)
}

const READING = `
  alter table import_run add column reading jsonb not null default '{}';
  alter table import_mapping add column reading jsonb not null default '{}'`

const TALLY = `
  -- What a sale is counted as before it is booked: its method, its state and its yen. On the first row of each order.
  alter table import_row add column tally text, add column amount_yen bigint`

const STATES = `
  alter table import_run drop constraint import_run_state,
    add constraint import_run_state check (state in ('mapping', 'checking', 'preview', 'running', 'cancelled', 'done', 'undoing', 'undone'));
  alter table import_row drop constraint import_row_state,
    add constraint import_row_state check (state in ('unchecked', 'ready', 'faulty', 'left_out', 'sent', 'done', 'failed', 'undone'));
  drop index import_run_file;
  create unique index import_run_file on import_run (merchant_id, kind, shop_id, sha256) where state not in ('cancelled', 'undone')`

const OPEN = `
  create or replace function np_open_yen(method text, status text, amount_yen bigint, refunded_yen bigint, state jsonb) returns bigint
  language sql immutable parallel safe as $$
    select case when method = 'np_postpaid' and state #>> '{facts,customerPayment,on}' is null and state #>> '{books,imported}' is null
      and status in ('registered', 'in_review', 'on_hold', 'authorized', 'captured', 'arrived', 'settled', 'paid_out')
      then greatest(amount_yen - refunded_yen, 0) else 0 end
  $$`
