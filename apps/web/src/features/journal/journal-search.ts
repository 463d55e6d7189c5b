/** The address of the journal: `/journal?account=receivable&from=2026-11-01`, or its trial balance `?view=balance&month=2026-11`. */
import { type JournalFilter, journalFilter, type JournalView } from '@choba/shared/filters/journal.ts'
import { readConditions } from '../../ui/filters/conditions.ts'

export type JournalSearch = JournalFilter & {
  readonly direction?: 'asc'
  readonly view?: 'balance'
  readonly month?: string
}

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. */
export function parseJournalSearch(raw: Record<string, unknown>): JournalSearch {
  const search = readConditions(journalFilter.shape, raw)
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
