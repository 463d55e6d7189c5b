/** Reading the terms of contracts; `termIn` says which of them is in force on a day. */
import type { Kysely } from 'kysely'
import type { Term, TermKind } from '@choba/shared/terms.ts'
import type { Database } from './schema.ts'

export type TermFilter = {
  readonly shopId?: string | undefined
  readonly method?: string | undefined
  readonly kinds?: readonly TermKind[] | undefined
}

/** All terms, the earliest of each kind first. A merchant has a few dozen. Served by the primary key. */
export async function listTerms(
  db: Kysely<Database>,
  merchantId: string,
  { shopId, method, kinds }: TermFilter = {},
): Promise<Term[]> {
  const rows = await db
    .selectFrom('contractTerm')
    .select(['shopId', 'method', 'kind', 'validFrom', 'value', 'assumed'])
    .where('merchantId', '=', merchantId)
    .$if(shopId !== undefined, (query) => query.where('shopId', '=', shopId as string))
    .$if(method !== undefined, (query) => query.where('method', '=', method as string))
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', [...(kinds ?? [])]))
    .orderBy('shopId')
    .orderBy('method')
    .orderBy('kind')
    .orderBy('validFrom')
    .execute()
  return rows as Term[] // written only after each kind's own check
}
