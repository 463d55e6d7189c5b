/** Reading the terms of contracts: the one in force on a day, or all of them. */
import type { Kysely } from 'kysely'
import type { Term, TermKind, TermPlace, TermValues } from '@choba/shared/terms.ts'
import type { Database } from './schema.ts'

/** The value in force on a day; undefined when the contract says nothing of the kind. Served by the primary key. */
export async function termOn<K extends TermKind>(
  db: Kysely<Database>,
  merchantId: string,
  { shopId, method, kind, on }: TermPlace & { readonly kind: K },
): Promise<TermValues[K] | undefined> {
  const row = await db
    .selectFrom('contractTerm')
    .select('value')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('method', '=', method)
    .where('kind', '=', kind)
    .where('validFrom', '<=', on)
    .orderBy('validFrom', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.value as TermValues[K] | undefined // written only after its kind's own check
}

export type TermFilter = {
  readonly shopId?: string | undefined
  readonly method?: string | undefined
  readonly kind?: TermKind | undefined
}

/** All terms, the earliest of each kind first. A merchant has a few dozen. */
export async function listTerms(
  db: Kysely<Database>,
  merchantId: string,
  { shopId, method, kind }: TermFilter = {},
): Promise<Term[]> {
  const rows = await db
    .selectFrom('contractTerm')
    .select(['shopId', 'method', 'kind', 'validFrom', 'value', 'assumed'])
    .where('merchantId', '=', merchantId)
    .$if(shopId !== undefined, (query) => query.where('shopId', '=', shopId as string))
    .$if(method !== undefined, (query) => query.where('method', '=', method as string))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as string))
    .orderBy('shopId')
    .orderBy('method')
    .orderBy('kind')
    .orderBy('validFrom')
    .execute()
  return rows as Term[] // written only after each kind's own check
}
