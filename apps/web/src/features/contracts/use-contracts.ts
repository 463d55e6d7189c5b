import { queryOptions } from '@tanstack/react-query'
import type { Output } from '@choba/shared/contract.ts'
import { contractTerms } from '@choba/shared/contracts/contract-terms.ts'
import type { TermKind } from '@choba/shared/terms.ts'
import { q } from '../../api/q.ts'

type Listed = Output<typeof contractTerms.list>
export type ListedTerm = Listed['terms'][number]
export type ListedContract = Listed['contracts'][number]

export const contractsQuery = queryOptions(q(contractTerms.list, {}))

/** Of one kind, the newest first. */
export function historyOf(
  terms: readonly ListedTerm[],
  { shopId, method }: Pick<ListedContract, 'shopId' | 'method'>,
  kind: TermKind,
): ListedTerm[] {
  return terms
    .filter((term) => term.shopId === shopId && term.method === method && term.kind === kind)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
}

/** The term in force on a day, out of a history that is newest first. */
export function inForce(history: readonly ListedTerm[], today: string): ListedTerm | undefined {
  return history.find((term) => term.validFrom <= today)
}
