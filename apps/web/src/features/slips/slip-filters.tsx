/** Search and conditions of the slip table; all of it is the address. */
import { Button } from '@mantine/core'
import type { Ref } from 'react'
import { businessDate } from '@choba/shared/dates.ts'
import { STORE_CODES, STORES } from '@choba/shared/methods.ts'
import { SLIP_STATES, SLIP_TONE, SLIP_WARNINGS } from '@choba/shared/states/slip.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import filterStyles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { isFiltered, type SlipSearch } from './slip-search.ts'

type SlipFiltersProps = {
  readonly search: SlipSearch
  readonly onChange: (search: SlipSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function SlipFilters({ search, onChange, searchBox }: SlipFiltersProps) {
  const words = useWords()
  const { shops, today } = useSession()
  function set(conditions: Partial<Record<keyof SlipSearch, unknown>>, replace = false): void {
    onChange(withConditions(search, conditions as Partial<SlipSearch>), replace)
  }
  return (
    <div className={`${filterStyles.bar} no-print`} role="search" aria-label={words.slips.filters}>
      <SearchBox
        ref={searchBox}
        label={words.slips.search_label}
        placeholder={words.slips.search}
        value={search.q ?? ''}
        onChange={(text) => set({ q: text === '' ? undefined : text }, true)}
      />
      <DayFilter
        name={words.slips.pay_by}
        today={businessDate(today)}
        condition={search as object}
        onChange={({ from, to }) => set({ from, to })}
      />
      <ChoiceFilter
        name={words.slip_column.state}
        choices={SLIP_STATES.map((value) => ({
          value,
          word: words.slip_state[value],
          mark: <ToneBadge tone={SLIP_TONE[value]} word={words.slip_state[value]} />,
        }))}
        chosen={search.state ?? []}
        onChange={(state) => set({ state })}
      />
      <ChoiceFilter
        name={words.slip_column.warnings}
        choices={SLIP_WARNINGS.map((value) => ({ value, word: words.slip_warning[value] }))}
        chosen={search.warning ?? []}
        onChange={(warning) => set({ warning })}
      />
      <ChoiceFilter
        name={words.slip_column.store}
        choices={STORE_CODES.map((value) => ({ value, word: words.store[STORES[value]] }))}
        chosen={search.store ?? []}
        onChange={(store) => set({ store })}
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
