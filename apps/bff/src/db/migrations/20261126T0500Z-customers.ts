import { type Kysely, sql } from 'kysely'

/**
 * Customers: whoever orders with the same telephone number and the same name, as nkey folds it, at any shop of the
 * merchant. Their sums are kept by a trigger in the transaction that changes a payment, so they are the ledger's at
 * every moment; the nightly check recounts them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [KEYS, CUSTOMERS, KEEPING, BACKFILL, SEARCH, ISOLATION, NUMBERING]) await sql.raw(step).execute(db)
}

const KEYS = `
  -- What a customer still owes NP, or asks it to lend: it counts against the limit until NP has the money. A hold keeps it reserved.
  create function np_open_yen(method text, status text, amount_yen bigint, refunded_yen bigint, state jsonb) returns bigint
  language sql immutable parallel safe as $$
    select case when method = 'np_postpaid' and state #>> '{facts,customerPayment,on}' is null
      and status in ('registered', 'in_review', 'on_hold', 'authorized', 'captured', 'arrived', 'settled', 'paid_out')
      then greatest(amount_yen - refunded_yen, 0) else 0 end
  $$;
  alter table payment add column customer_id uuid generated always as (md5(digits(phone) || '|' || nkey(customer_name))::uuid) stored;
  -- The page of a customer, newest first; orders of the last days that look like the one being entered.
  create index payment_by_customer on payment (merchant_id, customer_id, ordered_at desc, payment_id desc)`

const CUSTOMERS = `
  create table customer (
    merchant_id uuid not null references merchant,
    customer_id uuid not null,
    name text not null,
    kana text not null,
    phone text not null,
    email text not null,
    payments bigint not null,
    amount_yen bigint not null,
    captured_yen bigint not null,
    refunded_yen bigint not null,
    open_yen bigint not null,
    first_ordered_at timestamptz not null,
    last_ordered_at timestamptz not null,
    phone_digits text generated always as (digits(phone)) stored,
    name_key text generated always as (nkey(name)) stored,
    kana_key text generated always as (nkey(kana)) stored,
    primary key (merchant_id, customer_id)
  ) with (fillfactor = 80);
  -- The customers' table by each of its orders.
  create index customer_by_last_order on customer (merchant_id, last_ordered_at desc, customer_id desc);
  create index customer_by_captured on customer (merchant_id, captured_yen desc, customer_id desc);
  create index customer_by_open on customer (merchant_id, open_yen desc, customer_id desc);
  -- Search, and the customers that are offered while an order is keyed in.
  create index customer_by_phone on customer (merchant_id, phone_digits text_pattern_ops);
  create index customer_by_name on customer (merchant_id, name_key text_pattern_ops);
  create index customer_by_kana on customer (merchant_id, kana_key text_pattern_ops);
  create index customer_by_text on customer using gin ((name_key || ' ' || kana_key) gin_trgm_ops)`

const SUMS = `customer_id, count(*) as payments, sum(amount_yen) as amount_yen, sum(captured_yen) as captured_yen, sum(refunded_yen) as refunded_yen,
      sum(np_open_yen(method, status, amount_yen, refunded_yen, state)) as open_yen, min(ordered_at) as first_ordered_at, max(ordered_at) as last_ordered_at,
      (array_agg(customer_name order by ordered_at desc, payment_id desc))[1] as name, (array_agg(customer_kana order by ordered_at desc, payment_id desc))[1] as kana,
      (array_agg(phone order by ordered_at desc, payment_id desc))[1] as phone, (array_agg(email order by ordered_at desc, payment_id desc))[1] as email`

const COLUMNS = `merchant_id, customer_id, name, kana, phone, email, payments, amount_yen, captured_yen, refunded_yen, open_yen, first_ordered_at, last_ordered_at`

/** Adds what came and takes away what went; the newest order says how the customer is written. Rows in order of id, so that two writers cannot wait for each other. */
const MERGE = `
      on conflict (merchant_id, customer_id) do update set
        payments = customer.payments + excluded.payments, amount_yen = customer.amount_yen + excluded.amount_yen, captured_yen = customer.captured_yen + excluded.captured_yen,
        refunded_yen = customer.refunded_yen + excluded.refunded_yen, open_yen = customer.open_yen + excluded.open_yen,
        first_ordered_at = least(customer.first_ordered_at, excluded.first_ordered_at), last_ordered_at = greatest(customer.last_ordered_at, excluded.last_ordered_at),
        name = case when excluded.last_ordered_at >= customer.last_ordered_at then excluded.name else customer.name end,
        kana = case when excluded.last_ordered_at >= customer.last_ordered_at then excluded.kana else customer.kana end,
        phone = case when excluded.last_ordered_at >= customer.last_ordered_at then excluded.phone else customer.phone end,
        email = case when excluded.last_ordered_at >= customer.last_ordered_at then excluded.email else customer.email end`

const KEEPING = `
  create function keep_customers_of_new() returns trigger language plpgsql as $$
  begin
    insert into customer (${COLUMNS})
      select ${qualified('s')} from (select merchant_id, ${SUMS} from added group by merchant_id, customer_id) s order by s.customer_id
      ${MERGE};
    return null;
  end $$;
  create trigger keep_customers_insert after insert on payment referencing new table as added for each statement execute function keep_customers_of_new();

  create function keep_customers_of_changed() returns trigger language plpgsql as $$
  declare
    changed uuid[];
    left_behind uuid[];
  begin
    -- Most changes of a payment change nothing a customer is summed up by.
    select array_agg(a.payment_id) into changed from before b join after a on a.merchant_id = b.merchant_id and a.payment_id = b.payment_id
      where (a.customer_id, a.amount_yen, a.captured_yen, a.refunded_yen, a.customer_name, a.customer_kana, a.phone, a.email)
          is distinct from (b.customer_id, b.amount_yen, b.captured_yen, b.refunded_yen, b.customer_name, b.customer_kana, b.phone, b.email)
        or np_open_yen(a.method, a.status, a.amount_yen, a.refunded_yen, a.state) <> np_open_yen(b.method, b.status, b.amount_yen, b.refunded_yen, b.state);
    if changed is null then return null; end if;
    insert into customer (${COLUMNS})
      select merchant_id, customer_id, coalesce(max(name), ''), coalesce(max(kana), ''), coalesce(max(phone), ''), coalesce(max(email), ''),
          sum(payments), sum(amount_yen), sum(captured_yen), sum(refunded_yen), sum(open_yen), coalesce(min(first_ordered_at), 'infinity'), coalesce(max(last_ordered_at), '-infinity')
        from (
          select merchant_id, ${SUMS} from after where payment_id = any (changed) group by merchant_id, customer_id
          union all
          select merchant_id, customer_id, -count(*), -sum(amount_yen), -sum(captured_yen), -sum(refunded_yen), -sum(np_open_yen(method, status, amount_yen, refunded_yen, state)),
              null, null, null, null, null, null
            from before where payment_id = any (changed) group by merchant_id, customer_id
        ) moved group by merchant_id, customer_id order by customer_id
      ${MERGE};
    -- A corrected name or number makes another customer; the one it leaves is written as its newest remaining order says.
    select array_agg(b.customer_id) into left_behind from before b join after a on a.merchant_id = b.merchant_id and a.payment_id = b.payment_id
      where a.customer_id <> b.customer_id;
    if left_behind is not null then
      delete from customer c using (select distinct merchant_id from after) m where c.merchant_id = m.merchant_id and c.customer_id = any (left_behind) and c.payments = 0;
      update customer c set name = s.name, kana = s.kana, phone = s.phone, email = s.email, first_ordered_at = s.first_ordered_at, last_ordered_at = s.last_ordered_at
        from (select merchant_id, ${SUMS} from payment where merchant_id in (select merchant_id from after) and customer_id = any (left_behind) group by merchant_id, customer_id) s
        where c.merchant_id = s.merchant_id and c.customer_id = s.customer_id;
    end if;
    return null;
  end $$;
  create trigger keep_customers_update after update on payment referencing old table as before new table as after for each statement execute function keep_customers_of_changed()`

const BACKFILL = `
  insert into customer (${COLUMNS})
    select ${qualified('s')} from (select merchant_id, ${SUMS} from payment group by merchant_id, customer_id) s`

/** As `search_payments`: LIKE under row-level security finds no index, so this runs as the owner and holds the scope itself. */
const SEARCH = `
  create function search_customers(merchant uuid, phone_start text, name_start text, name_part text)
  returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  begin
    if current_setting('role') = 'choba_app' and merchant is distinct from nullif(current_setting('choba.merchant_id', true), '')::uuid then return; end if;
    if phone_start is not null then
      return query select c.customer_id from customer c where c.merchant_id = merchant and c.phone_digits like phone_start;
    end if;
    if name_start is not null then
      return query select c.customer_id from customer c where c.merchant_id = merchant and c.name_key like name_start
        union select c.customer_id from customer c where c.merchant_id = merchant and c.kana_key like name_start;
    end if;
    if name_part is not null then
      return query select c.customer_id from customer c where c.merchant_id = merchant and (c.name_key || ' ' || c.kana_key) like name_part;
    end if;
  end $$;
  revoke all on function search_customers(uuid, text, text, text) from public;
  grant execute on function search_customers(uuid, text, text, text) to choba_app`

const ISOLATION = `
  ${isolate('customer')};
  grant select, insert, update, delete on customer to choba_app`

const NUMBERING = `
  -- How a shop numbers the orders its clerks take down: prefix and the next number. Each number is given out once.
  create table order_numbering (
    merchant_id uuid not null,
    shop_id uuid not null,
    prefix text not null constraint order_numbering_prefix check (prefix ~ '^[0-9A-Za-z_-]{0,20}$'),
    next_number bigint not null constraint order_numbering_next check (next_number between 1 and 9999999999),
    digits smallint not null constraint order_numbering_digits check (digits between 1 and 10),
    primary key (merchant_id, shop_id),
    foreign key (merchant_id, shop_id) references shop
  );
  ${isolate('order_numbering')};
  grant select, insert, update on order_numbering to choba_app`

function qualified(alias: string): string {
  return COLUMNS.split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ')
}

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
