/** Search and conditions of the payment links; all of it is the address. */
import { Button } from '@mantine/core'
import type { Ref } from 'react'
import { businessDate } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { PAYMENT_LINK_STATES, PAYMENT_LINK_TONE } from '@choba/shared/states/payment-link.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import filterStyles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { isFiltered, type LinkSearch } from './link-search.ts'

type LinkFiltersProps = {
  readonly search: LinkSearch
  readonly onChange: (search: LinkSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function LinkFilters({ search, onChange, searchBox }: LinkFiltersProps) {
  const words = useWords()
  const { shops, today } = useSession()
  function set(conditions: Partial<Record<keyof LinkSearch, unknown>>, replace = false): void {
    onChange(withConditions(search, conditions as Partial<LinkSearch>), replace)
  }
  return (
    <div className={`${filterStyles.bar} no-print`} role="search" aria-label={words.payment_links.filters}>
      <SearchBox
        ref={searchBox}
        label={words.payment_links.search_label}
        placeholder={words.payment_links.search}
        value={search.q ?? ''}
        onChange={(text) => set({ q: text === '' ? undefined : text }, true)}
      />
      <DayFilter
        name={words.payment_links.created}
        today={businessDate(today)}
        condition={search as object}
        onChange={({ from, to }) => set({ from, to })}
      />
      <ChoiceFilter
        name={words.payment_links.state}
        choices={PAYMENT_LINK_STATES.map((value) => ({
          value,
          word: words.payment_link_state[value],
          mark: <ToneBadge tone={PAYMENT_LINK_TONE[value]} word={words.payment_link_state[value]} />,
        }))}
        chosen={search.state ?? []}
        onChange={(state) => set({ state })}
      />
      <ChoiceFilter
        name={words.payment_links.method}
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
