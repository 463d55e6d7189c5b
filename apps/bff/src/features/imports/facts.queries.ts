/** What a file holds, told before anything is booked: its words, and what its sales come to. */
import { type Kysely, sql } from 'kysely'
import type { ImportRowState } from '@choba/shared/imports/names.ts'
import type { Database } from '../../db/schema.ts'
import type { RunKey } from './import-rows.queries.ts'

export type WordCount = { readonly word: string; readonly rows: number }

/** The different cells of a column, the most frequent first; corrections aside. Column counted from 0. */
export async function countWords(
  db: Kysely<Database>,
  { merchantId, runId }: RunKey,
  column: number,
  limit: number,
): Promise<WordCount[]> {
  const { rows } = await sql<WordCount>`
    select trim(cells[${column + 1}::integer]) as word, count(*) as rows from import_row
      where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid and trim(coalesce(cells[${column + 1}::integer], '')) <> ''
      group by 1 order by 2 desc, 1 limit ${limit}`.execute(db)
  return rows
}

export type TallyLine = {
  readonly tally: string
  readonly rowState: ImportRowState
  readonly count: number
  readonly amountYen: number
}

export async function sumTallies(db: Kysely<Database>, { merchantId, runId }: RunKey): Promise<TallyLine[]> {
  const { rows } = await sql<TallyLine>`
    select tally, state as row_state, count(*) as count, coalesce(sum(amount_yen), 0)::bigint as amount_yen from import_row
      where merchant_id = ${merchantId}::uuid and run_id = ${runId}::uuid and tally is not null
      group by tally, state order by tally, state`.execute(db)
  return rows
}
