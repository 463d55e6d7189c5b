/** Search and conditions of the invoice table; all of it is the address. */
import { Button, SegmentedControl } from '@mantine/core'
import type { Ref } from 'react'
import { businessDate } from '@choba/shared/dates.ts'
import { INVOICE_DAYS } from '@choba/shared/filters/invoices.ts'
import { INVOICE_DELIVERIES, INVOICE_STATES, INVOICE_TONE, PAID_PLACES } from '@choba/shared/states/invoice.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import filterStyles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { type InvoiceSearch, isFiltered } from './invoice-search.ts'

type InvoiceFiltersProps = {
  readonly search: InvoiceSearch
  readonly onChange: (search: InvoiceSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function InvoiceFilters({ search, onChange, searchBox }: InvoiceFiltersProps) {
  const words = useWords()
  const { shops, today } = useSession()
  function set(conditions: Partial<Record<keyof InvoiceSearch, unknown>>, replace = false): void {
    onChange(withConditions(search, conditions as Partial<InvoiceSearch>), replace)
  }
  return (
    <div className={`${filterStyles.bar} no-print`} role="search" aria-label={words.invoices.filters}>
      <SearchBox
        ref={searchBox}
        label={words.invoices.search_label}
        placeholder={words.invoices.search}
        value={search.q ?? ''}
        onChange={(text) => set({ q: text === '' ? undefined : text }, true)}
      />
      <ChoiceFilter
        name={words.invoices.state}
        choices={INVOICE_STATES.map((value) => ({
          value,
          word: words.invoice_state[value],
          mark: <ToneBadge tone={INVOICE_TONE[value]} word={words.invoice_state[value]} />,
        }))}
        chosen={search.state ?? []}
        onChange={(state) => set({ state })}
      />
      <DayFilter
        name={words.invoice_day[search.dateBy ?? 'issued']}
        today={businessDate(today)}
        condition={search as object}
        onChange={({ from, to }) => set({ from, to })}
        head={
          <SegmentedControl
            size="xs"
            mb="xs"
            fullWidth
            aria-label={words.invoices.day}
            value={search.dateBy ?? 'issued'}
            data={INVOICE_DAYS.map((value) => ({ value, label: words.invoice_day[value] }))}
            onChange={(value) => set({ dateBy: value === 'issued' ? undefined : value })}
          />
        }
      />
      <ChoiceFilter
        name={words.invoices.delivery}
        choices={INVOICE_DELIVERIES.map((value) => ({ value, word: words.invoice_delivery[value] }))}
        chosen={search.delivery ?? []}
        onChange={(delivery) => set({ delivery })}
      />
      <ChoiceFilter
        name={words.invoices.place}
        choices={PAID_PLACES.map((value) => ({ value, word: words.paid_at[value] }))}
        chosen={search.place ?? []}
        onChange={(place) => set({ place })}
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
