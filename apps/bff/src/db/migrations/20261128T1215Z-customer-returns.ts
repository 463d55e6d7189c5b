import { type Kysely, sql } from 'kysely'

/**
 * Money that is the customer's and goes back by the merchant's own bank: who asked for the transfer, to which account, and
 * that it was made. What is owed stands with the slip; what was transferred is taken off there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLE, ISOLATION, WRITER]) await sql.raw(step).execute(db)
}

const TABLE = `
  create table customer_return (
    merchant_id uuid not null,
    return_id uuid not null,
    payment_id uuid not null,
    shop_id uuid not null,
    amount_yen bigint not null constraint customer_return_amount check (amount_yen > 0),
    state text not null constraint customer_return_state check (state in ('requested', 'done', 'dropped')),
    bank_name text not null,
    branch_name text not null,
    account_kind text not null constraint customer_return_account_kind check (account_kind in ('ordinary', 'current', 'savings')),
    -- Sealed; what a screen shows of it are the last digits.
    account_box text not null,
    account_ending text not null constraint customer_return_ending check (account_ending ~ '^[0-9]{3}$'),
    account_holder text not null,
    idempotency_key text not null,
    requested_by text not null,
    requested_at timestamptz not null,
    paid_on date,
    reference text,
    ended_by text,
    ended_at timestamptz,
    primary key (merchant_id, return_id),
    foreign key (merchant_id, payment_id) references payment,
    constraint customer_return_idempotency_unique unique (merchant_id, idempotency_key),
    constraint customer_return_done check ((state = 'done') = (paid_on is not null and reference is not null)),
    constraint customer_return_ended check ((state = 'requested') = (ended_at is null))
  );
  -- One transfer of a payment at a time: two people cannot both ask for it.
  create unique index customer_return_open on customer_return (merchant_id, payment_id) where state = 'requested';
  create index customer_return_by_time on customer_return (merchant_id, requested_at desc, return_id desc)`

const ISOLATION = `
  alter table customer_return enable row level security;
  create policy merchant_only on customer_return to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
  grant select, insert, update on customer_return to choba_app`

const WRITER = `
  create or replace function write_slip() returns trigger language plpgsql as $$
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
        -- What came on a cancelled slip is the customer's whole, beyond the bill the rest; only definite money counts. What was transferred back is owed no more.
        greatest(coalesce(definite, 0) - case when is_cancelled then 0 else new.amount_yen end - coalesce((new.state->'books'->>'returnedYen')::bigint, 0), 0),
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
  end $$;`
