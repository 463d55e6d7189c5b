import { type Kysely, sql } from 'kysely'

/** Workbooks are brought in as they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table import_run drop constraint import_run_encoding,
        add constraint import_run_encoding check (encoding in ('utf8', 'cp932', 'eucjp', 'iso2022jp', 'utf16le', 'utf16be', 'xlsx'))`,
    )
    .execute(db)
}
