/** The loaded rows, the exact totals, and the news that makes both be asked again. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { payments } from '@choba/shared/contracts/payments.ts'
import { onPaymentsChanged } from '../../api/events.ts'
import { q } from '../../api/q.ts'
import { ledgerPageQuery, loadedRows } from './ledger-query.ts'
import { filterOf, type LedgerSearch } from './ledger-search.ts'

/** News may come by the hundred; the list is asked again at most this often. */
const REFRESH_MS = 1200
const FLASH_MS = 1700
/** Further up than this, going back to the top is quicker than walking there page by page. */
const FAR_ROWS = 400

const NONE: ReadonlySet<string> = new Set()

export function useLedger(search: LedgerSearch) {
  const queryClient = useQueryClient()
  const options = ledgerPageQuery(search)
  const list = useInfiniteQuery({ ...options, placeholderData: keepPreviousData })
  const totals = useQuery({ ...q(payments.totals, { query: filterOf(search) }), placeholderData: keepPreviousData })
  const loaded = useMemo(() => loadedRows(list.data), [list.data])
  const flashed = useFlash()

  function reachStart(): void {
    if (list.isFetching) return
    if (loaded.above > FAR_ROWS && !list.isFetchingPreviousPage)
      void queryClient.resetQueries({ queryKey: options.queryKey, exact: true })
    else if (list.hasPreviousPage) void list.fetchPreviousPage({ cancelRefetch: false })
  }
  function reachEnd(): void {
    if (list.hasNextPage && !list.isFetching) void list.fetchNextPage({ cancelRefetch: false })
  }
  return { list, totals, ...loaded, more: list.hasNextPage, flashed, reachStart, reachEnd }
}

/** Asks again when the books changed, and names the rows to light up for a moment. */
function useFlash(): ReadonlySet<string> {
  const queryClient = useQueryClient()
  const [flashed, setFlashed] = useState(NONE)
  const pending = useRef(new Set<string>())

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let fading: ReturnType<typeof setTimeout> | undefined
    async function refresh(): Promise<void> {
      timer = undefined
      const ids = new Set(pending.current)
      pending.current.clear()
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: [payments.list.path] }),
        queryClient.invalidateQueries({ queryKey: [payments.totals.path] }),
        queryClient.invalidateQueries({
          queryKey: [payments.get.path],
          predicate: (query) => namesOne(query.queryKey[1], ids),
        }),
      ])
      clearTimeout(fading)
      setFlashed(ids)
      fading = setTimeout(() => setFlashed(NONE), FLASH_MS)
    }
    const stop = onPaymentsChanged((changed) => {
      for (const id of changed.paymentIds) pending.current.add(id)
      timer ??= setTimeout(() => void refresh(), REFRESH_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
      clearTimeout(fading)
    }
  }, [queryClient])
  return flashed
}

/** No names at all means that anything may have changed. */
function namesOne(input: unknown, ids: ReadonlySet<string>): boolean {
  return ids.size === 0 || ids.has(String((input as { id?: unknown }).id))
}
