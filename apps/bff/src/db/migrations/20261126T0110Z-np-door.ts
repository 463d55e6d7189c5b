import { type Kysely, sql } from 'kysely'

/**
 * The door of the books once more, with what NP postpaid's lists are read from: `np_postpaid` and `screening` are written
 * in the same breath as the payment they project. A corrected order replaces its sheet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [DROP_DOOR, record(), OPEN_STAGING, recordStaged()]) await sql.raw(step).execute(db)
}

const DROP_DOOR = `
  drop function ledger_record(uuid, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb);
  drop function ledger_record_staged(uuid);
  drop function ledger_open_staging()`

/** What the caller has compiled, one row set each, by the names of its columns. */
const SETS = {
  payments: `payment_id uuid, is_new boolean, version integer, state jsonb, shop_id uuid, ordered_at timestamptz, amount_yen bigint, captured_yen bigint,
    refunded_yen bigint, fee_yen bigint, ordered_on date, captured_on date, paid_out_on date, next_on date, order_branch smallint, method text, status text,
    site text, billing_method text, connection_method text, next_kind text, connection_id uuid, order_number text, provider_id text, transaction_id text,
    slip_number text, reasons jsonb, customer_name text, customer_kana text, phone text, email text`,
  details: `payment_id uuid, customer jsonb, delivery jsonb, goods jsonb`,
  events: `n bigint, payment_id uuid, sequence integer, type text, at timestamptz, actor_kind text, actor_id text, message_id uuid, operation_id uuid,
    data jsonb, content_hash text`,
  entries: `entry_id uuid, payment_id uuid, sequence integer, kind text, booked_on date`,
  postings: `entry_id uuid, line smallint, account text, sub_account text, tax_class text, amount_yen bigint`,
  deltas: `date_kind text, day date, shop_id uuid, method text, status text, site text, billing_method text, connection_method text, payments bigint,
    amount_yen bigint, captured_yen bigint, refunded_yen bigint, fee_yen bigint`,
  np_rows: `payment_id uuid, shop_id uuid, connection_id uuid, ship_on date, screening text, attempts smallint, decided_at timestamptz, lapses_on date,
    reasons jsonb, carrier_code text, slip_number text, shipped_on date, invoice_delivery text, issued_on date, due_on date, inquiry_number text,
    reissues smallint, reminders smallint, reminded_on date, customer_paid_on date, paid_place text, paid_store text, arrived_on date, disputed boolean,
    statement_number text, ended text, ended_on date, withdrawn_on date, np_ids jsonb`,
  screenings: `payment_id uuid, attempt smallint, shop_id uuid, connection_id uuid, site text, result text, reasons jsonb, decided_at timestamptz, np_id text`,
} as const

type SetName = keyof typeof SETS
type Source = { rows(set: SetName, alias: string): string; count(set: SetName): string }

const SET_NAMES = Object.keys(SETS) as SetName[]

const FROM_JSON: Source = {
  rows: (set, alias) => `jsonb_to_recordset(${set}) as ${alias}(${SETS[set]})`,
  count: (set) => `jsonb_array_length(${set})`,
}

const FROM_STAGING: Source = {
  rows: (set, alias) => `staged_${set} ${alias}`,
  count: (set) => `(select count(*) from staged_${set})`,
}

function record(): string {
  return `
  create function ledger_record(merchant uuid, events jsonb, payments jsonb, details jsonb, entries jsonb, postings jsonb, deltas jsonb, np_rows jsonb, screenings jsonb)
  returns void language plpgsql as $$ ${body(FROM_JSON)} $$`
}

function recordStaged(): string {
  return `
  create function ledger_record_staged(merchant uuid) returns void language plpgsql as $$ ${body(FROM_STAGING)} $$`
}

/** Empty temporary tables, as COPY may not write where row-level security holds. Answers their columns in order. */
const OPEN_STAGING = `
  create function ledger_open_staging() returns table (name text, columns text[]) language plpgsql as $$
  begin
    if to_regclass('pg_temp.staged_payments') is null then
      ${SET_NAMES.map((set) => `create temporary table staged_${set} (${SETS[set]}) on commit delete rows;`).join('\n')}
    else
      truncate ${SET_NAMES.map((set) => `pg_temp.staged_${set}`).join(', ')};
    end if;
    return query
      select c.relname::text, array_agg(a.attname::text order by a.attnum)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.oid in (${SET_NAMES.map((set) => `'pg_temp.staged_${set}'::regclass`).join(', ')}) group by c.relname;
  end $$`

/** Rows that exist are replaced whole; a payment's earlier ids stay findable for statements that still name them. */
function npRows(rows: Source['rows']): string {
  return `
    insert into np_postpaid (merchant_id, payment_id, shop_id, connection_id, ship_on, screening, attempts, decided_at, lapses_on, reasons, carrier_code, slip_number, shipped_on, invoice_delivery,
        issued_on, due_on, inquiry_number, reissues, reminders, reminded_on, customer_paid_on, paid_place, paid_store, arrived_on, disputed,
        statement_number, ended, ended_on, withdrawn_on, np_ids)
      select merchant, n.payment_id, n.shop_id, n.connection_id, n.ship_on, n.screening, n.attempts, n.decided_at, n.lapses_on, array(select jsonb_array_elements_text(n.reasons)),
        n.carrier_code, n.slip_number, n.shipped_on, n.invoice_delivery, n.issued_on, n.due_on, n.inquiry_number, n.reissues, n.reminders, n.reminded_on,
        n.customer_paid_on, n.paid_place, n.paid_store, n.arrived_on, n.disputed, n.statement_number, n.ended, n.ended_on, n.withdrawn_on,
        array(select jsonb_array_elements_text(n.np_ids))
      from ${rows('np_rows', 'n')}
      on conflict (merchant_id, payment_id) do update set ship_on = excluded.ship_on, screening = excluded.screening, attempts = excluded.attempts, decided_at = excluded.decided_at,
        lapses_on = excluded.lapses_on, reasons = excluded.reasons, carrier_code = excluded.carrier_code, slip_number = excluded.slip_number,
        shipped_on = excluded.shipped_on, invoice_delivery = excluded.invoice_delivery, issued_on = excluded.issued_on, due_on = excluded.due_on,
        inquiry_number = excluded.inquiry_number, reissues = excluded.reissues, reminders = excluded.reminders, reminded_on = excluded.reminded_on,
        customer_paid_on = excluded.customer_paid_on, paid_place = excluded.paid_place, paid_store = excluded.paid_store, arrived_on = excluded.arrived_on,
        disputed = excluded.disputed, statement_number = excluded.statement_number, ended = excluded.ended, ended_on = excluded.ended_on,
        withdrawn_on = excluded.withdrawn_on, np_ids = excluded.np_ids;
    insert into provider_reference (merchant_id, connection_id, provider_id, payment_id)
      select merchant, n.connection_id, i.np_id, n.payment_id
      from ${rows('np_rows', 'n')}, jsonb_array_elements_text(n.np_ids) i(np_id)
      where jsonb_array_length(n.np_ids) > 1 on conflict do nothing;
    insert into screening (merchant_id, payment_id, attempt, shop_id, connection_id, site, result, reasons, decided_at, np_id)
      select merchant, s.payment_id, s.attempt, s.shop_id, s.connection_id, s.site, s.result, array(select jsonb_array_elements_text(s.reasons)), s.decided_at, s.np_id
      from ${rows('screenings', 's')};`
}

function body({ rows, count }: Source): string {
  return `
  declare
    head chain_head;
    added bigint := ${count('events')};
  begin
    insert into payment (merchant_id, payment_id, shop_id, ordered_at, amount_yen, captured_yen, refunded_yen, fee_yen, ordered_on, captured_on, paid_out_on, next_on,
        version, order_branch, method, status, site, billing_method, connection_method, next_kind, connection_id, order_number, provider_id, transaction_id,
        slip_number, reasons, customer_name, customer_kana, phone, email, state)
      select merchant, p.payment_id, p.shop_id, p.ordered_at, p.amount_yen, p.captured_yen, p.refunded_yen, p.fee_yen, p.ordered_on, p.captured_on, p.paid_out_on, p.next_on,
        p.version, p.order_branch, p.method, p.status, p.site, p.billing_method, p.connection_method, p.next_kind, p.connection_id, p.order_number, p.provider_id, p.transaction_id,
        p.slip_number, array(select jsonb_array_elements_text(p.reasons)), coalesce(p.customer_name, ''), coalesce(p.customer_kana, ''), coalesce(p.phone, ''), coalesce(p.email, ''), p.state
      from ${rows('payments', 'p')} where p.is_new;
    update payment set amount_yen = p.amount_yen, captured_yen = p.captured_yen, refunded_yen = p.refunded_yen, fee_yen = p.fee_yen, captured_on = p.captured_on,
        paid_out_on = p.paid_out_on, next_on = p.next_on, version = p.version, status = p.status, next_kind = p.next_kind, provider_id = p.provider_id,
        transaction_id = p.transaction_id, slip_number = p.slip_number, reasons = array(select jsonb_array_elements_text(p.reasons)), state = p.state, updated_at = now(),
        customer_name = coalesce(p.customer_name, payment.customer_name), customer_kana = coalesce(p.customer_kana, payment.customer_kana),
        phone = coalesce(p.phone, payment.phone), email = coalesce(p.email, payment.email)
      from ${rows('payments', 'p')} where not p.is_new and payment.merchant_id = merchant and payment.payment_id = p.payment_id
      -- Says the same again so that the planner goes by the primary key: it cannot know how few rows a set holds.
      and payment.payment_id = any (array(select u.payment_id from ${rows('payments', 'u')} where not u.is_new));
    insert into order_detail (merchant_id, payment_id, customer, delivery, goods)
      select merchant, d.payment_id, d.customer, nullif(d.delivery, 'null'::jsonb), d.goods from ${rows('details', 'd')}
      on conflict (merchant_id, payment_id) do update set customer = excluded.customer, delivery = excluded.delivery, goods = excluded.goods;

    ${npRows(rows)}

    -- Taken last and held shortest: everyone who writes this merchant's books passes here one by one.
    insert into chain_head (merchant_id, position, hash) values (merchant, 0, sha256(merchant::text::bytea)) on conflict (merchant_id) do nothing;
    select * into strict head from chain_head where merchant_id = merchant for update;
    insert into payment_event (merchant_id, payment_id, sequence, position, type, at, actor_kind, actor_id, message_id, operation_id, data, hash)
      select merchant, e.payment_id, e.sequence, head.position + e.n, e.type, e.at, e.actor_kind, e.actor_id, e.message_id, e.operation_id, e.data,
        chain_hash(head.hash, decode(e.content_hash, 'hex')) over (order by e.n rows between unbounded preceding and current row)
      from ${rows('events', 'e')};
    update chain_head set position = head.position + added,
        hash = coalesce((select hash from payment_event where merchant_id = merchant and position = head.position + added), head.hash)
      where merchant_id = merchant;

    insert into journal_entry (merchant_id, entry_id, payment_id, sequence, kind, booked_on)
      select merchant, j.entry_id, j.payment_id, j.sequence, j.kind, j.booked_on from ${rows('entries', 'j')};
    insert into posting (merchant_id, entry_id, line, account, sub_account, tax_class, amount_yen)
      select merchant, l.entry_id, l.line, l.account, l.sub_account, l.tax_class, l.amount_yen from ${rows('postings', 'l')};
    insert into rollup_delta (merchant_id, date_kind, day, shop_id, method, status, site, billing_method, connection_method, payments, amount_yen, captured_yen, refunded_yen, fee_yen)
      select merchant, r.date_kind, r.day, r.shop_id, r.method, r.status, r.site, r.billing_method, r.connection_method, r.payments, r.amount_yen, r.captured_yen, r.refunded_yen, r.fee_yen
      from ${rows('deltas', 'r')};
    perform pg_notify('ledger', json_build_object('merchantId', merchant, 'more', ${count('payments')} > 50, 'paymentIds',
      (select coalesce(json_agg(f.payment_id), '[]'::json) from (select p.payment_id from ${rows('payments', 'p')} limit 50) f))::text);
  end`
}
