import { type Kysely, sql } from 'kysely'

/**
 * A month's own fee is known by its month wherever it stands on a statement: charged, carried to the next closing, taken
 * off there, or handed to an invoice. Lines from before have none; what they say stays as it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table statement_line
      drop constraint statement_line_kind,
      add constraint statement_line_kind check (kind in ('sale', 'cancellation', 'monthly_fee', 'adjustment', 'carry_over', 'invoiced')),
      add fee_month text constraint statement_line_fee_month check (fee_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
      add carried smallint,
      add constraint statement_line_fixed_fee check ((fee_month is null) = (carried is null))`.execute(db)
  // A merchant has a few for each month: what the last statement carried, and the same fee on the one before.
  await sql`create index statement_line_fixed_fee on statement_line (merchant_id, statement_id, fee_month) where fee_month is not null`.execute(
    db,
  )
}
