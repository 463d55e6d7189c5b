import { type Kysely, sql } from 'kysely'

/** The log is read by what was done and by who did it: without these a rare action is looked for through all of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index audit_log_by_action on audit_log (merchant_id, action collate "C", audit_id)`.execute(db)
  await sql`create index audit_log_by_actor on audit_log (merchant_id, actor_id, audit_id)`.execute(db)
}
