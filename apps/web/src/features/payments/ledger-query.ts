/** The rows of the ledger, page by page in both directions; only a few pages stay in memory. */
import { infiniteQueryOptions, type InfiniteData } from '@tanstack/react-query'
import { type PaymentRow, payments } from '@choba/shared/contracts/payments.ts'
import { call } from '../../api/call.ts'
import { type LedgerSearch, viewOf } from './ledger-search.ts'

const PAGE_ROWS = 100
const MAX_PAGES = 6

/** Where a page begins: `first` is its place in the list, counted from the top as we came. */
type PageParam = { readonly cursor: string | null; readonly toward: 'next' | 'previous'; readonly edge: number }

export type LedgerPage = {
  readonly items: readonly PaymentRow[]
  readonly first: number
  readonly nextCursor: string | null
  readonly previousCursor: string | null
}

const TOP: PageParam = { cursor: null, toward: 'next', edge: 0 }

export function ledgerPageQuery(search: LedgerSearch) {
  const view = viewOf(search)
  return infiniteQueryOptions({
    queryKey: [payments.list.path, view] as const,
    initialPageParam: TOP,
    maxPages: MAX_PAGES,
    async queryFn({ pageParam, signal }): Promise<LedgerPage> {
      const { cursor, toward, edge } = pageParam
      const page = await call(
        payments.list,
        { query: { ...view, limit: PAGE_ROWS, toward, ...(cursor === null ? {} : { cursor }) } },
        signal,
      )
      return { ...page, first: toward === 'next' ? edge : edge - page.items.length }
    },
    getNextPageParam: (last: LedgerPage): PageParam | null =>
      last.nextCursor === null
        ? null
        : { cursor: last.nextCursor, toward: 'next', edge: last.first + last.items.length },
    getPreviousPageParam: (first: LedgerPage): PageParam | null =>
      first.previousCursor === null ? null : { cursor: first.previousCursor, toward: 'previous', edge: first.first },
  })
}

export type LoadedRows = {
  readonly rows: readonly PaymentRow[]
  /** Rows above the first loaded one. */
  readonly above: number
}

/** Puts the pages together. Rows that came in above while we were below push the count, never below zero. */
export function loadedRows(data: InfiniteData<LedgerPage> | undefined): LoadedRows {
  const pages = data?.pages ?? []
  const first = pages[0]
  if (first === undefined) return { rows: [], above: 0 }
  const seen = new Set<string>()
  const rows = pages.flatMap((page) => page.items).filter((row) => !seen.has(row.id) && seen.add(row.id))
  return { rows, above: first.previousCursor === null ? 0 : Math.max(first.first, 1) }
}
