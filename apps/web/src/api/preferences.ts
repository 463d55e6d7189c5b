/** Settings a person keeps on the account. They change at once on the screen; a failure to keep them is not worth a message. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { preferences } from '@choba/shared/contracts/session.ts'
import type { PreferenceKey } from '@choba/shared/preferences.ts'
import { call } from './call.ts'
import { q } from './q.ts'

export const preferencesQuery = { ...q(preferences.get, {}), staleTime: Number.POSITIVE_INFINITY }

type Values = { values: Record<string, unknown> }

/** `read` turns what was stored, perhaps by an older version, into a value or the default. */
export function usePreference<T>(key: PreferenceKey, read: (stored: unknown) => T): readonly [T, (value: T) => void] {
  const queryClient = useQueryClient()
  const stored = useQuery({ ...preferencesQuery, select: (data: Values) => data.values[key] })
  const keep = useMutation({ mutationFn: (value: T) => call(preferences.set, { key, body: { value } }) })
  function set(value: T): void {
    queryClient.setQueryData<Values>(preferencesQuery.queryKey, (old) => ({ values: { ...old?.values, [key]: value } }))
    keep.mutate(value)
  }
  return [read(stored.data), set]
}
