import { type Kysely, sql } from 'kysely'

/**
 * Members of some shops only: beside its merchant a connection may be bound to shops (`choba.shops`, a list; empty for
 * all), and then sees and writes rows of these alone. The condition that costs is behind one that is asked once a query.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(FUNCTIONS).execute(db)
  await sql`select bind_to_shops()`.execute(db)
  for (const [table, through] of Object.entries(THROUGH)) await sql.raw(readThrough(table, through)).execute(db)
  for (const step of [EXPORTS, CUSTOMERS, AUDIT]) await sql.raw(step).execute(db)
}

const ALL = `(select coalesce(current_setting('choba.shops', true), '') = '')`
const MINE = `(select string_to_array(current_setting('choba.shops', true), ','))::uuid[]`

/** Safe to repeat: a later migration that adds a table with `shop_id` calls it again. */
const FUNCTIONS = `
  create function bind_to_shops() returns void language plpgsql set search_path = public, pg_temp as $$
  declare each regclass;
  begin
    for each in
      select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id' and not a.attisdropped
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_shops')
    loop
      execute format('create policy own_shops on %s as restrictive to choba_app using (${ALL.replaceAll("'", "''")} or shop_id = any (${MINE.replaceAll("'", "''")}))', each);
    end loop;
  end $$;
  revoke all on function bind_to_shops() from public`

/** What has no shop of its own is read with the row it belongs to. Written it may be before that row is. */
const THROUGH: Readonly<Record<string, string>> = {
  order_detail: of('payment', 'payment_id'),
  payment_event: of('payment', 'payment_id'),
  // A closing books for a statement, everything else for a payment.
  journal_entry: `(${of('payment', 'payment_id')} or ${of('statement', 'statement_id')})`,
  posting: of('journal_entry', 'entry_id'),
  operation: of('payment', 'payment_id'),
  provider_message: of('connection', 'connection_id'),
  provider_reference: of('connection', 'connection_id'),
  connection_poll: of('connection', 'connection_id'),
  invoice_print: of('payment', 'payment_id'),
  rescue_aside: of('payment', 'payment_id'),
  statement_line: of('statement', 'statement_id'),
  statement_fee: of('statement', 'statement_id'),
  subscription_cycle: of('subscription', 'subscription_id'),
  subscription_attempt: of('subscription', 'subscription_id'),
  subscription_event: of('subscription', 'subscription_id'),
  payment_link_event: of('payment_link', 'link_id'),
  import_row: of('import_run', 'run_id'),
  customer: of('payment', 'customer_id'),
}

function of(table: string, key: string): string {
  return `exists (select 1 from ${table} parent where parent.merchant_id = THIS.merchant_id and parent.${key} = THIS.${key})`
}

function readThrough(table: string, through: string): string {
  return `create policy own_shops on ${table} as restrictive for select to choba_app
    using (${ALL} or ${through.replaceAll('THIS', table)})`
}

/** A file holds what whoever asked for it could see: it is for those who see as much. */
const EXPORTS = `
  alter table export_run add column shop_ids uuid[];
  alter table export_run alter column shop_ids
    set default string_to_array(nullif(current_setting('choba.shops', true), ''), ',')::uuid[];
  create policy own_shops on export_run as restrictive for select to choba_app using (${ALL} or shop_ids <@ ${MINE});
  ${readThrough('export_chunk', of('export_run', 'export_id'))};
  ${readThrough('export_download', of('export_run', 'export_id'))}`

/**
 * Customers are the merchant's, their sums too: whoever sees some shops gets the sums of these. The triggers that keep
 * the merchant's sums look at every shop, whoever changes a payment.
 */
const CUSTOMERS = `
  alter function keep_customers_of_new() security definer set search_path = public, pg_temp;
  alter function keep_customers_of_changed() security definer set search_path = public, pg_temp;
  create view customer_of_shops with (security_invoker = true) as
    select s.*, digits(s.phone) as phone_digits, nkey(s.name) as name_key, nkey(s.kana) as kana_key from (
      select merchant_id, customer_id, count(*) as payments, sum(amount_yen)::bigint as amount_yen,
          sum(captured_yen)::bigint as captured_yen, sum(refunded_yen)::bigint as refunded_yen,
          sum(np_open_yen(method, status, amount_yen, refunded_yen, state))::bigint as open_yen,
          min(ordered_at) as first_ordered_at, max(ordered_at) as last_ordered_at,
          (array_agg(customer_name order by ordered_at desc, payment_id desc))[1] as name,
          (array_agg(customer_kana order by ordered_at desc, payment_id desc))[1] as kana,
          (array_agg(phone order by ordered_at desc, payment_id desc))[1] as phone,
          (array_agg(email order by ordered_at desc, payment_id desc))[1] as email
        from payment group by merchant_id, customer_id
    ) s;
  grant select on customer_of_shops to choba_app`

/** The audit log of some shops is what was done to their payments. */
const AUDIT = `
  create policy own_shops on audit_log as restrictive for select to choba_app
    using (${ALL} or (subject_kind = 'payment' and exists (select 1 from payment p
      where p.merchant_id = audit_log.merchant_id and p.payment_id::text = audit_log.subject_id)))`
