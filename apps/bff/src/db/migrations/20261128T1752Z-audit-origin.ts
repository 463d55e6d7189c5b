import { type Kysely, sql } from 'kysely'

/** The audit log says from where: rows of before, and what jobs do, have no request. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table audit_log add column ip text, add column user_agent text, add column request_id text`.execute(
    db,
  )
}
