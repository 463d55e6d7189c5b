import { type Kysely, sql } from 'kysely'

/**
 * Finds payments by what was typed, through the search indexes. Row-level security tests a row's merchant before any
 * operator that could leak what it compares, and LIKE is such an operator: a scoped query cannot use these indexes by
 * itself. This function can, because it runs as the owner; it holds the scope itself, and the rows are still read
 * under row-level security by whoever asked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SEARCH).execute(db)
  await sql.raw(DAYS).execute(db)
}

const SEARCH = `
  create function search_payments(merchant uuid, codes text[], inquiry_start text, phone_start text, yen bigint, names text[], pair text)
  returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
  declare
    pattern text;
  begin
    if current_setting('role') = 'choba_app' and merchant is distinct from nullif(current_setting('choba.merchant_id', true), '')::uuid then return; end if;
    foreach pattern in array codes loop
      return query select p.payment_id from payment p where p.merchant_id = merchant and p.order_number like pattern;
      return query select p.payment_id from payment p where p.merchant_id = merchant and p.provider_id like pattern;
      return query select p.payment_id from payment p where p.merchant_id = merchant and p.slip_number like pattern;
    end loop;
    if inquiry_start is not null then
      return query select p.payment_id from payment p
        where p.merchant_id = merchant and jsonb_extract_path_text(p.state, 'facts', 'invoice', 'inquiryNumber') like inquiry_start;
    end if;
    if phone_start is not null then
      return query select p.payment_id from payment p where p.merchant_id = merchant and p.phone_digits like phone_start;
    end if;
    if yen is not null then
      return query select p.payment_id from payment p where p.merchant_id = merchant and p.amount_yen = yen;
    end if;
    foreach pattern in array names loop
      return query select p.payment_id from payment p where p.merchant_id = merchant and p.name_key like pattern;
    end loop;
    if pair is not null then
      return query select p.payment_id from payment p where p.merchant_id = merchant and bigrams(p.name_key) @> bigrams(pair);
    end if;
  end $$;
  revoke all on function search_payments(uuid, text[], text, text, bigint, text[], text) from public;
  grant execute on function search_payments(uuid, text[], text, text, bigint, text[], text) to choba_app`

/** The same days as before in words that row-level security lets an index answer: it takes COALESCE for a possible leak. */
const DAYS = `
  drop index payment_by_captured_on;
  drop index payment_by_paid_out_on;
  create index payment_by_captured_on on payment (merchant_id, (case when captured_on is null then date '0001-01-01' else captured_on end) desc, payment_id desc);
  create index payment_by_paid_out_on on payment (merchant_id, (case when paid_out_on is null then date '0001-01-01' else paid_out_on end) desc, payment_id desc)`
