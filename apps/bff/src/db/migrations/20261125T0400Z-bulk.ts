import { type Kysely, sql } from 'kysely'

/**
 * The door in two forms over one text of rules: `ledger_record` takes rows as JSON, for one event or a few hundred;
 * `ledger_record_staged` takes them from temporary tables that were filled by COPY, for an import.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [record(), OPEN_STAGING, recordStaged()]) await sql.raw(step).execute(db)
}

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
  create function ledger_record(merchant uuid, events jsonb, payments jsonb, details jsonb, entries jsonb, postings jsonb, deltas jsonb)
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
        transaction_id = p.transaction_id, slip_number = p.slip_number, reasons = array(select jsonb_array_elements_text(p.reasons)), state = p.state, updated_at = now()
      from ${rows('payments', 'p')} where not p.is_new and payment.merchant_id = merchant and payment.payment_id = p.payment_id
      -- Says the same again so that the planner goes by the primary key: it cannot know how few rows a set holds.
      and payment.payment_id = any (array(select u.payment_id from ${rows('payments', 'u')} where not u.is_new));
    insert into order_detail (merchant_id, payment_id, customer, delivery, goods)
      select merchant, d.payment_id, d.customer, nullif(d.delivery, 'null'::jsonb), d.goods from ${rows('details', 'd')};

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
