import { useQuery } from '@tanstack/react-query'
import { actionReasons, type ReasonedAction } from '@choba/shared/contracts/action-reasons.ts'
import { q } from './q.ts'

/** What the merchant offers as reasons for an action, and whether one must be given. */
export function useReasons(
  action: string,
  isAsked = true,
): { readonly offered: readonly string[]; readonly isRequired: boolean } {
  const settings = useQuery({ ...q(actionReasons.get, {}), staleTime: 60_000, enabled: isAsked }).data
  const offered = (settings?.reasons ?? [])
    .filter(({ actions }) => actions.includes(action as ReasonedAction)) // an action without reasons is in none of them
    .map(({ name }) => name)
  return { offered, isRequired: (settings?.required as readonly string[] | undefined)?.includes(action) === true }
}
