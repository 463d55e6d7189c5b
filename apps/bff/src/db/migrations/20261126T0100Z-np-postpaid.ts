import { type Kysely, sql } from 'kysely'

/** What the lists of NP postpaid are read from: one row per payment, one per screening attempt. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLES, CHECK_AT_ONCE, STATE, BACKFILL]) await sql.raw(step).execute(db)
  for (const table of ['np_postpaid', 'screening', 'provider_reference']) await sql.raw(isolate(table)).execute(db)
  await sql.raw(`grant select, insert, update on np_postpaid to choba_app`).execute(db)
  await sql.raw(`grant select, insert on screening, provider_reference to choba_app`).execute(db)
}

const TABLES = `
  create table np_postpaid (
    merchant_id uuid not null,
    payment_id uuid not null,
    shop_id uuid not null,
    connection_id uuid not null,
    ship_on date,
    screening text not null constraint np_postpaid_screening check (screening in ('none', 'in_review', 'approved', 'on_hold', 'rejected', 'refused')),
    attempts smallint not null,
    decided_at timestamptz,
    lapses_on date,
    reasons text[] not null,
    carrier_code text,
    slip_number text,
    shipped_on date,
    invoice_delivery text not null constraint np_postpaid_delivery check (invoice_delivery in ('separate', 'bundled', 'electronic')),
    issued_on date,
    due_on date,
    inquiry_number text,
    reissues smallint not null,
    reminders smallint not null,
    reminded_on date,
    customer_paid_on date,
    paid_place text,
    paid_store text,
    arrived_on date,
    disputed boolean not null,
    statement_number text,
    ended text constraint np_postpaid_ended check (ended in ('cancelled', 'expired')),
    ended_on date,
    withdrawn_on date,
    np_ids text[] not null,
    primary key (merchant_id, payment_id),
    foreign key (merchant_id, payment_id) references payment deferrable initially deferred
  ) with (fillfactor = 80);
  -- The rescue queue, by result and planned shipping day.
  create index np_postpaid_to_rescue on np_postpaid (merchant_id, screening, ship_on, payment_id) where ended is null and shipped_on is null;
  -- Approved and not reported: the workbench, and approvals about to lapse.
  create index np_postpaid_to_ship on np_postpaid (merchant_id, ship_on, payment_id) where lapses_on is not null;
  create index np_postpaid_lapsing on np_postpaid (merchant_id, lapses_on, payment_id) where lapses_on is not null;
  -- Invoices by day of issue; waiting ones stand first.
  create index np_postpaid_by_issue on np_postpaid (merchant_id, issued_on desc, payment_id desc) where shipped_on is not null;
  create index np_postpaid_by_due on np_postpaid (merchant_id, due_on, payment_id) where customer_paid_on is null and ended is null and due_on is not null;
  create index np_postpaid_by_slip on np_postpaid (merchant_id, slip_number) where slip_number is not null;
  -- What no statement covers yet: coverage, expected closings, arrivals that do not come.
  create index np_postpaid_uncovered on np_postpaid (merchant_id, arrived_on, payment_id) where shipped_on is not null and statement_number is null and ended is null;

  create table screening (
    merchant_id uuid not null,
    payment_id uuid not null,
    attempt smallint not null,
    shop_id uuid not null,
    connection_id uuid not null,
    site text not null,
    result text not null constraint screening_result check (result in ('in_review', 'approved', 'on_hold', 'rejected', 'refused')),
    reasons text[] not null,
    decided_at timestamptz not null,
    np_id text,
    primary key (merchant_id, payment_id, attempt),
    foreign key (merchant_id, payment_id) references payment deferrable initially deferred
  );
  -- The screening table, newest first, and by result.
  create index screening_by_time on screening (merchant_id, decided_at desc, payment_id desc, attempt desc);
  create index screening_by_result on screening (merchant_id, result, decided_at desc, payment_id desc, attempt desc);

  -- Ids a payment had at its provider before and beside its present one: a statement may still name them.
  create table provider_reference (
    merchant_id uuid not null,
    connection_id uuid not null,
    provider_id text not null,
    payment_id uuid not null,
    primary key (merchant_id, connection_id, provider_id),
    foreign key (merchant_id, payment_id) references payment deferrable initially deferred
  )`

/** Checks left for the commit would keep this and later migrations of the same transaction from altering the tables they fill. */
const CHECK_AT_ONCE = `set constraints all immediate`

/** Payments recorded before know less; what they did not know stands at its beginning. */
const STATE = `
  update payment set state = jsonb_set(state, '{facts}', (state -> 'facts') || jsonb_build_object(
      'npIds', (select coalesce(jsonb_agg(id order by first), '[]') from (
        select a.value ->> 'providerId' as id, min(a.ordinality) as first from jsonb_array_elements(state #> '{facts,attempts}') with ordinality a group by 1) ids),
      'shipOn', null, 'approvalDays', 90, 'delivery', 'separate', 'disputed', false, 'reduction', null,
      'refused', jsonb_array_length(state #> '{facts,attempts}') = 0 and jsonb_array_length(state #> '{facts,refusals}') > 0,
      'endedAt', (select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from payment_event e
        where e.merchant_id = payment.merchant_id and e.payment_id = payment.payment_id and e.type in ('cancelled', 'approval_expired') order by e.sequence limit 1)))
    where method = 'np_postpaid'`

const BACKFILL = `
  create function pg_temp.tokyo_day(t text) returns date language sql as $$ select (t::timestamptz at time zone 'Asia/Tokyo')::date $$;
  insert into np_postpaid
    select p.merchant_id, p.payment_id, p.shop_id, p.connection_id, null,
      case when (f ->> 'refused')::boolean then 'refused' else coalesce(f #>> '{attempts,-1,result}', 'none') end,
      jsonb_array_length(f -> 'attempts') + jsonb_array_length(f -> 'refusals'),
      coalesce(f #>> '{attempts,-1,at}', f #>> '{refusals,-1,at}')::timestamptz,
      case when p.status = 'authorized' then pg_temp.tokyo_day(f #>> '{attempts,-1,at}') + 90 end,
      p.reasons, f #>> '{shipment,carrierCode}', f #>> '{shipment,slipNumber}', pg_temp.tokyo_day(f #>> '{shipment,at}'), 'separate',
      (f #>> '{invoice,issuedOn}')::date, (f #>> '{invoice,dueOn}')::date, f #>> '{invoice,inquiryNumber}', coalesce((f #>> '{invoice,reissue}')::smallint, 0),
      coalesce((f #>> '{reminders,count}')::smallint, 0), (f #>> '{reminders,lastOn}')::date,
      (f #>> '{customerPayment,on}')::date, f #>> '{customerPayment,place}', f #>> '{customerPayment,store}', (f ->> 'arrivalOn')::date, false,
      (select case when sum((s ->> 'grossYen')::bigint) > 0 then (array_agg(s ->> 'statementNumber' order by o desc) filter (where (s ->> 'grossYen')::bigint > 0))[1] end
        from jsonb_array_elements(p.state #> '{books,statements}') with ordinality t(s, o)),
      f ->> 'ended', pg_temp.tokyo_day(f ->> 'endedAt'), null, array(select jsonb_array_elements_text(f -> 'npIds'))
    from (select payment.*, state -> 'facts' as f from payment where method = 'np_postpaid') p;
  insert into screening
    select e.merchant_id, e.payment_id, row_number() over (partition by e.merchant_id, e.payment_id order by e.sequence), p.shop_id, p.connection_id, p.site,
      case when e.type = 'registration_refused' then 'refused' else e.data ->> 'result' end,
      array(select jsonb_array_elements_text(coalesce(e.data -> 'reasons', e.data -> 'codes'))), e.at, e.data ->> 'providerId'
    from payment_event e join payment p on p.merchant_id = e.merchant_id and p.payment_id = e.payment_id
    where p.method = 'np_postpaid' and e.type in ('screening_decided', 'registration_refused')`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
