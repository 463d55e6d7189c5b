import { type Kysely, sql } from 'kysely'

/** A mail server is asked outside any transaction: until when a mail is in the hands of one job stands on the row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table outgoing_mail add column lease_until timestamptz`.execute(db)
}
