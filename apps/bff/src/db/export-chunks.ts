import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

type FileKey = { readonly merchantId: string; readonly exportId: string }

/** The bytes of a kept file, one block after the other. */
export async function* chunksOf(db: Kysely<Database>, { merchantId, exportId }: FileKey): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number++) {
    const row = await db
      .selectFrom('exportChunk')
      .select('body')
      .where('merchantId', '=', merchantId)
      .where('exportId', '=', exportId)
      .where('number', '=', number)
      .executeTakeFirst()
    if (row === undefined) return
    yield new Uint8Array(row.body)
  }
}
