import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'

/** Sessions and attempt counts that can no longer matter. */
export async function pruneAuth(owner: Kysely<Database>, now: Date): Promise<void> {
  await sql`delete from auth_session where expires_at < ${now}`.execute(owner)
  await sql`delete from auth_verification where expires_at < ${now}`.execute(owner)
  await sql`delete from auth_rate_limit where last_request < ${now.getTime() - 24 * 60 * 60 * 1000}`.execute(owner)
}
