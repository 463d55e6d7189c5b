/** Search and conditions of the journal; all of it is the address. */
import { Button } from '@mantine/core'
import type { Ref } from 'react'
import { ACCOUNT_NAMES, JOURNAL_KINDS } from '@choba/shared/accounts.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import filterStyles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { isFiltered, type JournalSearch } from './journal-search.ts'

type JournalFiltersProps = {
  readonly search: JournalSearch
  readonly onChange: (search: JournalSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function JournalFilters({ search, onChange, searchBox }: JournalFiltersProps) {
  const words = useWords()
  const { shops, today } = useSession()
  function set(conditions: Partial<Record<keyof JournalSearch, unknown>>, replace = false): void {
    onChange(withConditions(search, conditions as Partial<JournalSearch>), replace)
  }
  return (
    <div className={`${filterStyles.bar} no-print`} role="search" aria-label={words.journal.filters}>
      <SearchBox
        ref={searchBox}
        label={words.journal.search_label}
        placeholder={words.journal.search}
        value={search.q ?? ''}
        onChange={(text) => set({ q: text === '' ? undefined : text }, true)}
      />
      <DayFilter
        name={words.journal.booked_on}
        today={businessDate(today)}
        condition={search as object}
        onChange={({ from, to }) => set({ from, to })}
      />
      <ChoiceFilter
        name={words.journal_column.account}
        choices={ACCOUNT_NAMES.map((value) => ({ value, word: words.account[value] }))}
        chosen={search.account ?? []}
        onChange={(account) => set({ account })}
      />
      <ChoiceFilter
        name={words.journal_column.kind}
        choices={JOURNAL_KINDS.map((value) => ({ value, word: words.entry_kind[value] }))}
        chosen={search.kind ?? []}
        onChange={(kind) => set({ kind })}
      />
      <ChoiceFilter
        name={words.journal_column.method}
        choices={METHODS.map((value) => ({ value, word: words.method[value] }))}
        chosen={search.method ?? []}
        onChange={(method) => set({ method })}
      />
      {shops.length > 1 ? (
        <ChoiceFilter
          name={words.filter.shop}
          choices={shops.map((shop) => ({ value: shop.id, word: shop.name }))}
          chosen={search.shop ?? []}
          onChange={(shop) => set({ shop })}
        />
      ) : null}
      {isFiltered(search) ? (
        <Button size="xs" h={30} variant="subtle" onClick={() => onChange({})}>
          {words.ledger.clear_all}
        </Button>
      ) : null}
    </div>
  )
}
