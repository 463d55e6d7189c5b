import { type Kysely, sql } from 'kysely'

/** When a provider last answered and since when it has not, by our clock: what a person asks when news does not come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table connection_poll add column answered_at timestamptz, add column failing_since timestamptz;
       update connection_poll set failing_since = now() where failures > 0`,
    )
    .execute(db)
}
