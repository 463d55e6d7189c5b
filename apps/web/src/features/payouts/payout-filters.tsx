import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { dayOf } from '@choba/shared/dates.ts'
import { PAYOUT_STATES, STATEMENT_SOURCES } from '@choba/shared/filters/payouts.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import filters from '../../ui/filters/filters.module.css'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { PayoutStateBadge } from './payout-state.tsx'
import { isFiltered, type PayoutsSearch } from './payouts-search.ts'

type PayoutFiltersProps = { readonly search: PayoutsSearch; readonly onChange: (search: PayoutsSearch) => void }

export function PayoutFilters({ search, onChange }: PayoutFiltersProps) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const [today] = useState(() => dayOf(new Date()))
  const { from, to, dateBy, ...rest } = search

  function choose<K extends 'shop' | 'method' | 'state' | 'source'>(key: K, values: readonly string[]): void {
    const { [key]: _, ...others } = search
    onChange(values.length === 0 ? others : { ...others, [key]: values })
  }

  return (
    <div className={`${filters.bar} no-print`} role="search" aria-label={words.ledger.filters}>
      <DayFilter
        name={dateBy === 'pay' ? words.payouts.date_pay : words.payouts.date_closing}
        today={today}
        condition={{ ...(from && { from }), ...(to && { to }) }}
        onChange={(days) => onChange({ ...rest, ...(dateBy === 'pay' ? { dateBy } : {}), ...days })}
        head={
          <SegmentedControl
            size="xs"
            mb="xs"
            aria-label={words.filter.date_by}
            value={dateBy ?? 'closing'}
            onChange={(by) => {
              const { dateBy: _, ...others } = search
              onChange(by === 'pay' ? { ...others, dateBy: 'pay' } : others)
            }}
            data={[
              { value: 'closing', label: words.payouts.date_closing },
              { value: 'pay', label: words.payouts.date_pay },
            ]}
          />
        }
      />
      <ChoiceFilter
        name={words.filter.status}
        choices={PAYOUT_STATES.map((value) => ({
          value,
          word: words.payout_state[value],
          mark: <PayoutStateBadge row={{ state: value, late: false }} language={language} />,
        }))}
        chosen={search.state ?? []}
        onChange={(values) => choose('state', values)}
      />
      <ChoiceFilter
        name={words.filter.method}
        choices={METHODS.map((value) => ({
          value,
          word: words.method[value],
          mark: <MethodMark method={value} language={language} />,
        }))}
        chosen={search.method ?? []}
        onChange={(values) => choose('method', values)}
      />
      <ChoiceFilter
        name={words.payout.source}
        choices={STATEMENT_SOURCES.map((value) => ({ value, word: words.payout[`source_${value}`] }))}
        chosen={search.source ?? []}
        onChange={(values) => choose('source', values)}
      />
      {shops.length > 1 ? (
        <ChoiceFilter
          name={words.filter.shop}
          choices={shops.map((shop) => ({ value: shop.id, word: shop.name }))}
          chosen={search.shop ?? []}
          onChange={(values) => choose('shop', values)}
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
