/** The address of the journal: `/journal?account=receivable&from=2026-11-01`, or its trial balance `?view=balance&month=2026-11`. */
import * as z from 'zod/mini'
import { type JournalFilter, journalFilter, type JournalView } from '@choba/shared/filters/journal.ts'

export type JournalSearch = JournalFilter & {
  readonly direction?: 'asc'
  readonly view?: 'balance'
  readonly month?: string
}
type FilterKey = keyof JournalFilter
const FILTER_KEYS = Object.keys(journalFilter.shape) as FilterKey[]

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseJournalSearch(raw: Record<string, unknown>): JournalSearch {
  const search: Record<string, unknown> = {}
  for (const key of FILTER_KEYS) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(journalFilter.shape[key], raw[key])
    if (parsed.success && !(Array.isArray(parsed.data) && parsed.data.length === 0)) search[key] = parsed.data
  }
  if (raw.direction === 'asc') search.direction = 'asc'
  if (raw.view === 'balance') search.view = 'balance'
  if (typeof raw.month === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(raw.month)) search.month = raw.month
  return search as JournalSearch
}

export function filterOf({
  direction: _direction,
  view: _view,
  month: _month,
  ...filter
}: JournalSearch): JournalFilter {
  return filter
}

export function viewOf(search: JournalSearch): JournalView {
  return { ...filterOf(search), direction: search.direction ?? 'desc' }
}

export function isFiltered(search: JournalSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

/** Other conditions in the place of these; an empty list is none. */
export function withConditions(search: JournalSearch, conditions: Partial<JournalSearch>): JournalSearch {
  const merged = { ...search, ...conditions }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as JournalSearch
}
