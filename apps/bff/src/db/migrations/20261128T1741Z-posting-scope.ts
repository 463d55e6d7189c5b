import { type Kysely, sql } from 'kysely'

/**
 * A line of the journal is read with its entry, which knows whose shop it is of. Asked of the line again, the question
 * kept the two tables from being merged: the totals of the journal took thrice as long for everybody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop policy own_shops on posting`.execute(db)
}
