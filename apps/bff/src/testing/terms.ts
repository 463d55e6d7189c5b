/** Contracts for tests: terms that hold since before any day a test plays on. */
import type { Kysely } from 'kysely'
import type { TermKind, TermValues } from '@choba/shared/terms.ts'
import type { Database } from '../db/schema.ts'

export type TestTerm = {
  readonly [K in TermKind]: {
    readonly shopId: string
    readonly method: string
    readonly kind: K
    readonly validFrom?: string
    readonly value: TermValues[K]
  }
}[TermKind]

export async function addTerms(owner: Kysely<Database>, merchantId: string, terms: readonly TestTerm[]): Promise<void> {
  if (terms.length === 0) return
  await owner
    .insertInto('contractTerm')
    .values(
      terms.map(({ validFrom = '2020-01-01', value, ...term }) => ({
        merchantId,
        ...term,
        validFrom,
        value: JSON.stringify(value),
      })),
    )
    .execute()
}
