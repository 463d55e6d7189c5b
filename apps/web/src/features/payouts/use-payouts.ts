/** The loaded closings, their totals and the coverage; all are asked again when the books change. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { payouts } from '@choba/shared/contracts/payouts.ts'
import { call } from '../../api/call.ts'
import { onPaymentsChanged } from '../../api/events.ts'
import { q } from '../../api/q.ts'
import type { CoverageSearch, PayoutsSearch } from './payouts-search.ts'

const REFRESH_MS = 1500
const PATHS: readonly string[] = Object.values(payouts).map((contract) => contract.path)

export function usePayouts(search: PayoutsSearch) {
  useRefreshedPayouts()
  const list = useInfiniteQuery({
    queryKey: [payouts.list.path, search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(payouts.list, { query: { ...search, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const totals = useQuery({ ...q(payouts.totals, { query: search }), placeholderData: keepPreviousData })
  return { list, totals, rows: list.data?.pages.flatMap((page) => page.items) ?? [] }
}

export function useCoverageSales(search: CoverageSearch) {
  useRefreshedPayouts()
  const { part, reason, ...filter } = search
  const query = { ...filter, ...(part ? { part: [part] } : {}), ...(reason ? { reason: [reason] } : {}) }
  return useInfiniteQuery({
    queryKey: [payouts.coverageSales.path, search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(
        payouts.coverageSales,
        { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** News may come by the hundred; everything about payouts is asked again at most this often. */
export function useRefreshedPayouts(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function refresh(): void {
      timer = undefined
      for (const path of PATHS) void queryClient.invalidateQueries({ queryKey: [path] })
    }
    const stop = onPaymentsChanged(() => {
      timer ??= setTimeout(refresh, REFRESH_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [queryClient])
}
