/** The views of a list and what can be done with them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SavedView, type ViewList, type ViewsOfList, views } from '@choba/shared/contracts/views.ts'
import { call } from './call.ts'
import { q } from './q.ts'

export type ViewDraft = Pick<SavedView, 'id' | 'name' | 'isShared' | 'search' | 'columns'>
export type Views = ReturnType<typeof useViews>

export function useViews(list: ViewList) {
  const queryClient = useQueryClient()
  const query = q(views.list, { query: { list } })
  const answer = useQuery(query)
  const onSuccess = (found: ViewsOfList) => queryClient.setQueryData(query.queryKey, found)
  const keep = useMutation({
    mutationFn: ({ id, ...view }: ViewDraft) => call(views.put, { id, body: { ...view, list } }),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(views.remove, { id }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: query.queryKey }),
  })
  const setDefault = useMutation({
    mutationFn: (viewId: string | null) => call(views.setDefault, { body: { list, viewId } }),
    onSuccess,
  })
  return { answer, keep, remove, setDefault }
}
