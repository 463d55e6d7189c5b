import { type Kysely, sql } from 'kysely'

/** Files come in UTF-16, EUC-JP and the encoding of mail too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table import_run drop constraint import_run_encoding,
        add constraint import_run_encoding check (encoding in ('utf8', 'cp932', 'eucjp', 'iso2022jp', 'utf16le', 'utf16be'))`,
    )
    .execute(db)
}
