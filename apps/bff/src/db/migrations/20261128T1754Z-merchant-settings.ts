import { type Kysely, sql } from 'kysely'

/** An admin names the merchant, adds shops and connects them. Which account a connection is of stays as it was made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `grant update (name) on merchant to choba_app;
       grant insert, update (name, code) on shop to choba_app;
       grant insert, update (methods, base_url, settings, secret_box) on connection to choba_app`,
    )
    .execute(db)
}
