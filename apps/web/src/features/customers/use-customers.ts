/** The loaded customers and the exact totals; both are asked again when the books change. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { customers } from '@choba/shared/contracts/customers.ts'
import { call } from '../../api/call.ts'
import { onPaymentsChanged } from '../../api/events.ts'
import { q } from '../../api/q.ts'
import { type CustomersSearch, filterOf, viewOf } from './customers-search.ts'

const PAGE_ROWS = 100
/** News may come by the hundred; the table is asked again at most this often. */
const REFRESH_MS = 1500

export function useCustomers(search: CustomersSearch) {
  const queryClient = useQueryClient()
  const view = viewOf(search)
  const list = useInfiniteQuery({
    queryKey: [customers.list.path, view],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(
        customers.list,
        { query: { ...view, limit: PAGE_ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const totals = useQuery({ ...q(customers.totals, { query: filterOf(search) }), placeholderData: keepPreviousData })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function refresh(): void {
      timer = undefined
      void queryClient.invalidateQueries({ queryKey: [customers.list.path] })
      void queryClient.invalidateQueries({ queryKey: [customers.totals.path] })
    }
    const stop = onPaymentsChanged(() => {
      timer ??= setTimeout(refresh, REFRESH_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [queryClient])

  // A customer whose sums change between two pages may stand in both.
  const seen = new Set<string>()
  const rows = (list.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (row) => !seen.has(row.id) && seen.add(row.id),
  )
  return { list, totals, rows }
}
