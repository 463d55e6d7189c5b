import { type Kysely, sql } from 'kysely'

/** The message log is asked for what a provider calls its payment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index provider_message_by_provider_id on provider_message (merchant_id, provider_id, message_id) where provider_id is not null`.execute(
    db,
  )
}
