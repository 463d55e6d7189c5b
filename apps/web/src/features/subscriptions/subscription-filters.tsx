/** Search and conditions of the subscription table; all of it is the address. */
import { Button } from '@mantine/core'
import type { Ref } from 'react'
import { businessDate } from '@choba/shared/dates.ts'
import { METHODS } from '@choba/shared/methods.ts'
import {
  ATTENTIONS,
  SUBSCRIPTION_KINDS,
  SUBSCRIPTION_STATUSES,
  SUBSCRIPTION_TONE,
} from '@choba/shared/states/subscription.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import filterStyles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { CycleBadge } from './subscription-columns.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { isFiltered, type SubscriptionSearch } from './subscription-search.ts'

type SubscriptionFiltersProps = {
  readonly search: SubscriptionSearch
  readonly onChange: (search: SubscriptionSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function SubscriptionFilters({ search, onChange, searchBox }: SubscriptionFiltersProps) {
  const words = useWords()
  const language = useLanguage()
  const { shops, today } = useSession()
  function set(conditions: Partial<Record<keyof SubscriptionSearch, unknown>>, replace = false): void {
    onChange(withConditions(search, conditions as Partial<SubscriptionSearch>), replace)
  }
  return (
    <div className={`${filterStyles.bar} no-print`} role="search" aria-label={words.subscriptions.filters}>
      <SearchBox
        ref={searchBox}
        label={words.subscriptions.search_label}
        placeholder={words.subscriptions.search}
        value={search.q ?? ''}
        onChange={(text) => set({ q: text === '' ? undefined : text }, true)}
      />
      <ChoiceFilter
        name={words.subscription_column.status}
        choices={SUBSCRIPTION_STATUSES.map((value) => ({
          value,
          word: words.subscription_status[value],
          mark: <ToneBadge tone={SUBSCRIPTION_TONE[value]} word={words.subscription_status[value]} />,
        }))}
        chosen={search.status ?? []}
        onChange={(status) => set({ status })}
      />
      <ChoiceFilter
        name={words.subscription_column.attention}
        choices={ATTENTIONS.map((value) => ({
          value,
          word: words.cycle_state[value],
          mark: <CycleBadge state={value} language={language} />,
        }))}
        chosen={search.attention ?? []}
        onChange={(attention) => set({ attention })}
      />
      <DayFilter
        name={words.subscriptions.next_on}
        today={businessDate(today)}
        condition={search as object}
        onChange={({ from, to }) => set({ from, to })}
      />
      <ChoiceFilter
        name={words.subscription_column.kind}
        choices={SUBSCRIPTION_KINDS.map((value) => ({ value, word: words.subscription_kind[value] }))}
        chosen={search.kind ?? []}
        onChange={(kind) => set({ kind })}
      />
      <ChoiceFilter
        name={words.subscription_column.method}
        choices={METHODS.map((value) => ({
          value,
          word: words.method[value],
          mark: <MethodMark method={value} language={language} />,
        }))}
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
