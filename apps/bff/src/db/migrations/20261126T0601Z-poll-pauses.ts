import { type Kysely, sql } from 'kysely'

/** When a provider is asked next, by our clock: a pause after failures is not cut short by the schedule. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table connection_poll add column next_at timestamptz`).execute(db)
}
