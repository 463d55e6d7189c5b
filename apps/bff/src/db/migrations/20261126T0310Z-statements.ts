import { type Kysely, sql } from 'kysely'

/**
 * Statements say what each of their lines is, fee by fee with its tax class, and add up by a constraint. What stands on a
 * statement beside the payments (a monthly fee, an adjustment, what is carried over) has journal entries of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [STATEMENTS, LINES, FEES, ISOLATION, JOURNAL]) await sql.raw(step).execute(db)
}

/** `fee_yen` used to be everything between gross and transfer. */
const STATEMENTS = `
  alter table statement add shop_id uuid, add tax_yen bigint not null default 0, add other_yen bigint not null default 0, add lines integer not null default 0,
    add source text not null default 'provider' constraint statement_source check (source in ('provider', 'file')), add issuer_number text;
  update statement s set shop_id = c.shop_id from connection c where c.merchant_id = s.merchant_id and c.connection_id = s.connection_id;
  update statement s set fee_yen = s.fee_yen - l.tax, tax_yen = l.tax, lines = l.lines
    from (select merchant_id, statement_id, sum(fee_tax_yen) as tax, count(*) as lines from statement_line group by merchant_id, statement_id) l
    where l.merchant_id = s.merchant_id and l.statement_id = s.statement_id;
  alter table statement alter shop_id set not null,
    add constraint statement_adds_up check (gross_yen - fee_yen - tax_yen + other_yen = transfer_yen);
  -- The payouts screen, newest closing first, and the statements of one connection.
  create index statement_by_closing on statement (merchant_id, closing_on desc, statement_id desc);
  create index statement_by_connection on statement (merchant_id, connection_id, method, closing_on desc)`

const LINES = `
  alter table statement_line add kind text not null default 'sale'
      constraint statement_line_kind check (kind in ('sale', 'cancellation', 'monthly_fee', 'adjustment', 'carry_over')),
    add note text not null default '';
  update statement_line set kind = 'cancellation' where gross_yen < 0;
  alter table statement_line add constraint statement_line_adds_up check (gross_yen - fee_yen - fee_tax_yen = transfer_yen)`

/** What was printed as one fee until now is one rate or, at stores, one fee for each payment. */
const FEES = `
  create table statement_fee (
    merchant_id uuid not null,
    statement_id uuid not null,
    line integer not null,
    part smallint not null,
    kind text not null constraint statement_fee_kind check (kind in ('rate', 'postage', 'per_payment', 'monthly', 'other')),
    tax_class text not null constraint statement_fee_tax_class check (tax_class in ('taxable10', 'taxable8', 'non_taxable', 'out_of_scope')),
    amount_yen bigint not null,
    tax_yen bigint not null,
    constraint statement_fee_pkey primary key (merchant_id, statement_id, line, part),
    constraint statement_fee_line foreign key (merchant_id, statement_id, line) references statement_line
  );
  insert into statement_fee (merchant_id, statement_id, line, part, kind, tax_class, amount_yen, tax_yen)
    select l.merchant_id, l.statement_id, l.line, 1, case when s.method = 'convenience_store' then 'per_payment' else 'rate' end,
      case when l.fee_tax_yen = 0 then 'non_taxable' else 'taxable10' end, l.fee_yen, l.fee_tax_yen
    from statement_line l join statement s on s.merchant_id = l.merchant_id and s.statement_id = l.statement_id where l.fee_yen <> 0 or l.fee_tax_yen <> 0;
  grant select, insert on statement_fee to choba_app`

const ISOLATION = `
  alter table statement_fee enable row level security;
  create policy merchant_only on statement_fee to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`

/** An entry is of a payment's event or of a statement's line; of a line there is one of each kind. */
const JOURNAL = `
  alter table journal_entry alter payment_id drop not null, add statement_id uuid,
    add constraint journal_entry_of_one check (num_nonnulls(payment_id, statement_id) = 1);
  create unique index journal_entry_of_line on journal_entry (merchant_id, statement_id, sequence, kind) where statement_id is not null`
