import { type Kysely, sql } from 'kysely'

/** What contracts say, from which day: closings, fees, limits and the like, per shop and method. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [TABLE, ISOLATION, ...BACKFILL]) await sql.raw(step).execute(db)
}

const TABLE = `
  create table contract_term (
    merchant_id uuid not null references merchant,
    shop_id uuid not null,
    method text not null,
    kind text not null constraint contract_term_kind check (kind in ('closing', 'fees', 'limit', 'points', 'approval', 'after_payout')),
    valid_from date not null,
    value jsonb not null,
    -- Nobody has confirmed it: shown so on the contracts screen.
    assumed boolean not null default false,
    recorded_at timestamptz not null default now(),
    -- Serves both questions asked: the term in force on a day, and the history on the contracts screen.
    constraint contract_term_pkey primary key (merchant_id, shop_id, method, kind, valid_from),
    constraint contract_term_shop foreign key (merchant_id, shop_id) references shop
  );
  grant select, insert, update on contract_term to choba_app`

const ISOLATION = `
  alter table contract_term enable row level security;
  create policy merchant_only on contract_term to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`

const CONTRACTED = `
  from (select distinct on (c.merchant_id, c.shop_id, m.method) c.merchant_id, c.shop_id, m.method, c.valid_from, c.settings
    from connection c cross join unnest(c.methods) m(method) order by c.merchant_id, c.shop_id, m.method, c.valid_from) c`

function fees(rateBp: string, perPayment: string, perInvoice: string, taxed: string): string {
  return `jsonb_build_object('plan', 'custom', 'rateBp', coalesce((${rateBp})::int, 0), 'perPaymentYen', coalesce((${perPayment})::int, 0),
    'perInvoiceYen', coalesce((${perInvoice})::int, 0), 'perBundledInvoiceYen', coalesce((${perInvoice})::int, 0), 'monthlyYen', 0,
    'taxClass', jsonb_build_object('rate', ${taxed}, 'invoice', ${taxed}, 'monthly', 'taxable10'), 'lines', 'single')`
}

/** Until now the connection's settings said what the contract says. */
const BACKFILL = [
  `insert into contract_term (merchant_id, shop_id, method, kind, valid_from, value)
    select c.merchant_id, c.shop_id, c.method, 'closing', c.valid_from, jsonb_build_object('roll', 'next') || (c.settings -> 'closing' -> c.method)
    ${CONTRACTED} where jsonb_typeof(c.settings -> 'closing' -> c.method) = 'object'`,
  `insert into contract_term (merchant_id, shop_id, method, kind, valid_from, value)
    select c.merchant_id, c.shop_id, c.method, 'fees', c.valid_from, ${fees(`c.settings #>> '{contract,feeRateBp}'`, 'null', `c.settings #>> '{contract,invoicePostageYen}'`, `'taxable10'`)}
    ${CONTRACTED} where c.method = 'np_postpaid' and c.settings #>> '{contract,feeRateBp}' is not null`,
  `insert into contract_term (merchant_id, shop_id, method, kind, valid_from, value)
    select c.merchant_id, c.shop_id, c.method, 'fees', c.valid_from, ${fees(`c.settings #>> '{card,feeRateBp}'`, 'null', 'null', `coalesce(c.settings #>> '{card,feeTaxClass}', 'non_taxable')`)}
    ${CONTRACTED} where c.method = 'card' and c.settings #>> '{card,feeRateBp}' is not null`,
  `insert into contract_term (merchant_id, shop_id, method, kind, valid_from, value)
    select c.merchant_id, c.shop_id, c.method, 'fees', c.valid_from, ${fees('null', `c.settings #>> '{convenienceStore,feePerPaymentYen}'`, 'null', `coalesce(c.settings #>> '{convenienceStore,feeTaxClass}', 'taxable10')`)}
    ${CONTRACTED} where c.method = 'convenience_store' and c.settings #>> '{convenienceStore,feePerPaymentYen}' is not null`,
  // Figures that public pages name (np-postpaid 0.4, 0.8, 1.6): assumed until a contract confirms them.
  `insert into contract_term (merchant_id, shop_id, method, kind, valid_from, value, assumed)
    select c.merchant_id, c.shop_id, c.method, t.kind, c.valid_from, t.value::jsonb, true
    ${CONTRACTED} cross join (values ('limit', '{"limitYen": 54000}'), ('points', '{"yenPerPoint": 200}'), ('approval', '{"days": 90}'), ('after_payout', '{"cancel": "offset"}')) t(kind, value)
    where c.method = 'np_postpaid'`,
]
