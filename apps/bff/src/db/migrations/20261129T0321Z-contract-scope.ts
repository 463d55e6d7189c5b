import { type Kysely, sql } from 'kysely'

/** Which billing methods, sites and invoices a contract is for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table contract_term drop constraint contract_term_kind').execute(db)
  await sql
    .raw(
      `alter table contract_term add constraint contract_term_kind
         check (kind in ('scope', 'closing', 'fees', 'limit', 'points', 'approval', 'after_payout', 'radar'))`,
    )
    .execute(db)
}
