/** A list that is read page by page from its top, and asked again when the books change. */
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Contract, Input } from '@choba/shared/contract.ts'
import { call } from './call.ts'
import { onPaymentsChanged } from './events.ts'

type Page<Row> = { readonly items: readonly Row[]; readonly nextCursor: string | null }
type Query = Readonly<Record<string, unknown>>

/**
 * `contract` must answer `{ items, nextCursor }` and take `cursor` in its query. It is asked again by itself while one of the
 * rows `isUnderWay`, for what no news of the books speaks of.
 */
export function usePages<Row extends { readonly id: string }>(
  contract: Contract & { method: 'GET' },
  query: Query,
  isUnderWay?: (row: Row) => boolean,
) {
  const list = useInfiniteQuery({
    queryKey: [contract.path, 'pages', query] as const,
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    async queryFn({ pageParam, signal }) {
      const input = { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }
      return (await call(contract, input as Input<typeof contract>, signal)) as Page<Row> // as the caller says
    },
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) =>
      isUnderWay !== undefined && state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? LOOK_AGAIN_MS : false,
  })
  const rows = useMemo(() => {
    const seen = new Set<string>()
    return (list.data?.pages ?? []).flatMap((page) => page.items).filter((row) => !seen.has(row.id) && seen.add(row.id))
  }, [list.data])
  function reachEnd(): void {
    if (list.hasNextPage && !list.isFetching) void list.fetchNextPage({ cancelRefetch: false })
  }
  return { list, rows, more: list.hasNextPage, reachEnd }
}

const LOOK_AGAIN_MS = 2_000
/** News may come by the hundred; what is shown is asked again at most this often. */
const REFRESH_MS = 1200

/** Asks everything below these paths again when the books changed. */
export function useRefresh(paths: readonly string[]): void {
  const queryClient = useQueryClient()
  const joined = paths.join(' ')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onPaymentsChanged(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        for (const path of joined.split(' ')) void queryClient.invalidateQueries({ queryKey: [path] })
      }, REFRESH_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [queryClient, joined])
}
