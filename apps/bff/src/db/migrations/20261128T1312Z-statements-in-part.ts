import { type Kysely, sql } from 'kysely'

/** A line of an order that nobody knew is tied to its payment once it comes, and to no other after that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [UNKNOWN, TIE]) await sql.raw(step).execute(db)
}

const UNKNOWN = `
  create index statement_line_unknown on statement_line (merchant_id, provider_id) where payment_id is null and kind in ('sale', 'cancellation')`

const TIE = `
  create function tie_once() returns trigger language plpgsql as $$
  begin
    if old.payment_id is not null then raise exception 'a statement line that is tied to a payment stays tied to it'; end if;
    return new;
  end $$;
  create trigger tie_once before update of payment_id on statement_line for each row execute function tie_once();
  grant update (payment_id) on statement_line to choba_app`
