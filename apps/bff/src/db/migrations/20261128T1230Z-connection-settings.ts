import { type Kysely, sql } from 'kysely'

/** An admin may set some values of a connection; which connection it is, and its credentials, stay the operator's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`grant update (settings) on connection to choba_app`).execute(db)
}
