/** The merchant's own tags, and putting them on payments. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Input } from '@choba/shared/contract.ts'
import { payments } from '@choba/shared/contracts/payments.ts'
import { type TagRow, tags } from '@choba/shared/contracts/tags.ts'
import { call } from './call.ts'
import { q } from './q.ts'

const NONE: readonly TagRow[] = []

export function useTags() {
  const answer = useQuery({ ...q(tags.list, {}), staleTime: 60_000 })
  const all = answer.data?.items ?? NONE
  /** Of ids, in the order of the list. */
  const named = useMemo(() => (ids: readonly string[]) => all.filter(({ id }) => ids.includes(id)), [all])
  return { answer, all, named }
}

export function useMark(onDone: (changed: number) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Input<typeof tags.mark>['body']) => call(tags.mark, { body }),
    async onSuccess({ changed }) {
      onDone(changed)
      await Promise.all(
        [payments.list, payments.totals, payments.get].map(({ path }) =>
          queryClient.invalidateQueries({ queryKey: [path] }),
        ),
      )
    },
  })
}
