import { type Kysely, sql } from 'kysely'

/**
 * Convenience-store slips as their list reads them. A slip says nothing that its payment's state does not, so the row
 * follows from the payment's in the database: whichever way the door writes a payment, its slip is written with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLE, ISOLATION, WRITER, BACKFILL]) await sql.raw(step).execute(db)
}

const TABLE = `
  create table convenience_store_slip (
    merchant_id uuid not null,
    payment_id uuid not null,
    shop_id uuid not null,
    order_number text not null,
    store text not null,
    numbers text[] not null,
    pay_by date not null,
    amount_yen bigint not null,
    preliminary_yen bigint,
    definite_yen bigint,
    deposited_yen bigint not null,
    owed_yen bigint not null,
    state text not null constraint convenience_store_slip_state check (state in ('unpaid', 'part_paid', 'paid', 'overpaid', 'expired', 'cancelled')),
    ordered_at timestamptz not null,
    primary key (merchant_id, payment_id),
    foreign key (merchant_id, payment_id) references payment
  );
  -- The slip table in its three orders, and by what a slip has come to.
  create index convenience_store_slip_by_time on convenience_store_slip (merchant_id, ordered_at desc, payment_id desc);
  create index convenience_store_slip_by_due on convenience_store_slip (merchant_id, pay_by desc, payment_id desc);
  create index convenience_store_slip_by_amount on convenience_store_slip (merchant_id, amount_yen desc, payment_id desc);
  create index convenience_store_slip_by_state on convenience_store_slip (merchant_id, state, ordered_at desc, payment_id desc);
  -- What customers are owed.
  create index convenience_store_slip_owed on convenience_store_slip (merchant_id, ordered_at desc, payment_id desc) where owed_yen > 0`

const ISOLATION = `
  alter table convenience_store_slip enable row level security;
  create policy merchant_only on convenience_store_slip to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
  grant select, insert, update on convenience_store_slip to choba_app`

const WRITER = `
  create function write_slip() returns trigger language plpgsql as $$
  declare
    facts jsonb := new.state->'facts';
    preliminary bigint := (facts->'preliminary'->>'totalYen')::bigint;
    definite bigint := (facts->'definite'->>'totalYen')::bigint;
    deposited bigint := greatest(coalesce(preliminary, 0), coalesce(definite, 0));
    is_cancelled boolean := (facts->>'cancelled')::boolean;
  begin
    if facts->>'providerId' is null then return null; end if;
    insert into convenience_store_slip as s (merchant_id, payment_id, shop_id, order_number, store, numbers, pay_by, amount_yen, preliminary_yen, definite_yen, deposited_yen, owed_yen, state, ordered_at)
      values (new.merchant_id, new.payment_id, new.shop_id, new.order_number, facts->>'store',
        array(select jsonb_array_elements_text(facts->'numbers')), (facts->>'payBy')::date, new.amount_yen, preliminary, definite, deposited,
        -- What came on a cancelled slip is the customer's whole, beyond the bill the rest; only definite money counts.
        case when is_cancelled then coalesce(definite, 0) else greatest(coalesce(definite, 0) - new.amount_yen, 0) end,
        case when deposited > new.amount_yen then 'overpaid'
          when deposited > 0 and deposited = new.amount_yen then 'paid'
          when deposited > 0 then 'part_paid'
          when is_cancelled then 'cancelled'
          when (facts->>'expired')::boolean then 'expired'
          else 'unpaid' end,
        new.ordered_at)
      on conflict (merchant_id, payment_id) do update set store = excluded.store, numbers = excluded.numbers, pay_by = excluded.pay_by,
        amount_yen = excluded.amount_yen, preliminary_yen = excluded.preliminary_yen, definite_yen = excluded.definite_yen,
        deposited_yen = excluded.deposited_yen, owed_yen = excluded.owed_yen, state = excluded.state;
    return null;
  end $$;
  create trigger write_slip after insert or update of state on payment
    for each row when (new.method = 'convenience_store') execute function write_slip()`

/** Writing each state over itself runs the writer once for every payment there is. */
const BACKFILL = `update payment set state = state where method = 'convenience_store'`
