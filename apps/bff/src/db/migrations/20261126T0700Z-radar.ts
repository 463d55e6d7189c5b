import { type Kysely, sql } from 'kysely'

/** The guarantee radar: its days by contract, and the rare rows its rules look for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of STEPS) await sql.raw(step).execute(db)
}

const STEPS = [
  `alter table contract_term drop constraint contract_term_kind`,
  `alter table contract_term add constraint contract_term_kind
    check (kind in ('closing', 'fees', 'limit', 'points', 'approval', 'after_payout', 'radar'))`,
  `create index np_postpaid_withdrawn on np_postpaid (merchant_id, withdrawn_on) where withdrawn_on is not null`,
  `create index np_postpaid_expired on np_postpaid (merchant_id, ended_on) where ended = 'expired'`,
]
