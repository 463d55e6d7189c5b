/** The rows of the queue, how many of each kind there are, and asking both again. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { rescue, type RescueRow } from '@choba/shared/contracts/rescue.ts'
import { screenings } from '@choba/shared/contracts/screenings.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { filterOf, type RescueSearch } from './rescue-search.ts'

const PAGE_ROWS = 100

export function useQueue(search: RescueSearch) {
  const { kind: _, ...everyKind } = search
  const pages = usePages<RescueRow>(rescue.list, {
    ...filterOf(search),
    sort: search.sort ?? 'ship_on',
    limit: PAGE_ROWS,
  })
  const totals = useQuery({
    ...q(rescue.totals, { query: filterOf(everyKind) }),
    placeholderData: keepPreviousData,
  })
  useRefresh([rescue.list.path, rescue.totals.path, rescue.get.path])
  return { ...pages, byKind: totals.data?.byKind ?? [] }
}

/** Everything that shows the queue is asked again. */
export function useQueueRefresh(): () => Promise<void> {
  const queryClient = useQueryClient()
  return useCallback(async () => {
    const paths = [rescue.list.path, rescue.totals.path, rescue.get.path, screenings.figures.path]
    await Promise.all(paths.map((path) => queryClient.invalidateQueries({ queryKey: [path] })))
  }, [queryClient])
}
