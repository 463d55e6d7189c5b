import { type Kysely, sql } from 'kysely'

/**
 * Erasing a customer: every name, address and number goes; payments, events, postings and ids stay. The function runs as the
 * owner, because what was printed and what was kept of a provider are otherwise only added to; it holds the merchant's scope
 * itself, as `search_payments` does. It decides nothing: whether somebody may be erased is asked before, in the same transaction.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLES, KEY, ERASE, ...['privacy_setting', 'customer_erasure'].map(isolate), GRANTS])
    await sql.raw(step).execute(db)
}

const TABLES = `
  create table privacy_setting (
    merchant_id uuid primary key references merchant,
    erase_after_years smallint constraint privacy_setting_years check (erase_after_years between 1 and 30)
  );
  -- That somebody was erased, and by whose wish; of whom, only the key that the customer had.
  create table customer_erasure (
    merchant_id uuid not null references merchant,
    erasure_id uuid not null,
    customer_id uuid not null,
    payments bigint not null,
    files bigint not null,
    actor_kind text not null,
    actor_id text not null,
    erased_at timestamptz not null,
    primary key (merchant_id, erasure_id)
  );
  create index customer_erasure_by_customer on customer_erasure (merchant_id, customer_id)`

/** As the generated column of \`payment\`: whoever writes the same telephone number and name is the same customer. */
const KEY = `
  create function customer_key(phone text, name text) returns uuid language sql immutable parallel safe as $$
    select md5(digits(coalesce(phone, '')) || '|' || nkey(coalesce(name, '')))::uuid
  $$`

const ERASE = `
  create function erase_customer(merchant uuid, person uuid, marker text, lists text[])
  returns table (payments bigint, files bigint) language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    paid uuid[];
    known record;
    blank jsonb := jsonb_build_object('name', marker, 'kana', '', 'company', '', 'department', '', 'zip', '', 'address', '', 'phone', '', 'email', '');
  begin
    if current_setting('role') = 'choba_app' and merchant is distinct from nullif(current_setting('choba.merchant_id', true), '')::uuid then
      raise exception 'another merchant' using errcode = 'insufficient_privilege';
    end if;
    select c.phone_digits, c.name_key, c.kana_key into known from customer c where c.merchant_id = merchant and c.customer_id = person;
    select coalesce(array_agg(p.payment_id), '{}') into paid from payment p where p.merchant_id = merchant and p.customer_id = person;

    update order_detail d set customer = blank, delivery = null where d.merchant_id = merchant and d.payment_id = any (paid);
    update operation o set request = o.request #- '{correction,customer}' #- '{correction,delivery}'
      where o.merchant_id = merchant and o.payment_id = any (paid) and o.request ? 'correction';
    update invoice_print i set document = jsonb_set(i.document, '{addressee}', blank - 'kana' - 'phone' - 'email')
      where i.merchant_id = merchant and i.payment_id = any (paid);
    update provider_message m set body = convert_to('erased', 'UTF8'), content_type = 'text/plain; charset=utf-8'
      where m.merchant_id = merchant and (m.payment_id = any (paid)
        or m.operation_id in (select o.operation_id from operation o where o.merchant_id = merchant and o.payment_id = any (paid))
        or (m.payment_id is null and m.provider_id in (select p.provider_id from payment p where p.merchant_id = merchant and p.payment_id = any (paid))));

    -- Rows that became a payment, rows that name the person and became none, and the further lines of both.
    with named as (
      select r.run_id, r.row_number from import_row r where r.merchant_id = merchant and (r.payment_id = any (paid)
        or (exists (select from unnest(r.cells || array(select value from jsonb_each_text(r.edits))) c where nkey(c) = known.name_key)
          and (known.phone_digits = '' or exists (select from unnest(r.cells || array(select value from jsonb_each_text(r.edits))) c where digits(c) = known.phone_digits))))
    )
    update import_row r set cells = array(select '' from unnest(r.cells)), edits = '{}', faults = '[]'
      where r.merchant_id = merchant and exists (select from named n where n.run_id = r.run_id and n.row_number in (r.row_number, r.head_row));

    update payment_link l set customer = blank - 'company' - 'department', customer_name = marker
      where l.merchant_id = merchant and (l.payment_id = any (paid) or customer_key(l.customer ->> 'phone', l.customer ->> 'name') = person);
    update subscription s set customer = blank, delivery = null, customer_name = marker
      where s.merchant_id = merchant and (customer_key(s.customer ->> 'phone', s.customer ->> 'name') = person
        or exists (select from subscription_cycle c where c.merchant_id = merchant and c.subscription_id = s.subscription_id and c.payment_id = any (paid)));
    update customer_return r set account_holder = marker, account_ending = '000', bank_name = '', branch_name = ''
      where r.merchant_id = merchant and r.payment_id = any (paid);

    -- What colleagues wrote of it may name the person.
    update payment_note n set body = '', removed_at = coalesce(n.removed_at, now()) where n.merchant_id = merchant and n.payment_id = any (paid);

    -- What was searched for, and files that may hold the person: nobody can look into a compressed one.
    update export_run e set view = e.view - 'q'
      where e.merchant_id = merchant and length(nkey(coalesce(e.view ->> 'q', ''))) > 0
        and (strpos(known.name_key || ' ' || known.kana_key, nkey(e.view ->> 'q')) > 0
          or (digits(e.view ->> 'q') <> '' and strpos(known.phone_digits, digits(e.view ->> 'q')) > 0)
          or (e.view ->> 'q') like '%@%');
    with gone as (
      update export_run e set is_kept = false where e.merchant_id = merchant and e.is_kept and e.state = 'done' and not e.is_masked
        and e.list = any (lists) returning e.export_id
    ), emptied as (
      delete from export_chunk c using gone where c.merchant_id = merchant and c.export_id = gone.export_id
    ) select count(*) into files from gone;

    -- Last: with its name the payment leaves the customer that was asked for.
    update payment p set customer_name = marker, customer_kana = '', phone = '', email = '' where p.merchant_id = merchant and p.payment_id = any (paid);
    delete from customer c where c.merchant_id = merchant and c.customer_id = person;
    payments := cardinality(paid);
    return next;
  end $$;
  revoke all on function erase_customer(uuid, uuid, text, text[]) from public;
  grant execute on function erase_customer(uuid, uuid, text, text[]) to choba_app`

const GRANTS = `
  grant select, insert, update on privacy_setting to choba_app;
  grant select, insert on customer_erasure to choba_app`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
