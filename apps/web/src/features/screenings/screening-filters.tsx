/** Search and conditions of the screening table; all of it is the address. */
import { Button, TextInput } from '@mantine/core'
import { type Ref, useState } from 'react'
import { businessDate } from '@choba/shared/dates.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { SITES } from '@choba/shared/methods.ts'
import { SCREENING_RESULTS, SCREENING_TONE } from '@choba/shared/states/screening.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { DayFilter } from '../../ui/filters/day-filter.tsx'
import { FilterChip } from '../../ui/filters/filter-chip.tsx'
import filterStyles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { withConditions } from '../../ui/filters/conditions.ts'
import { isFiltered, type ScreeningSearch } from './screening-search.ts'

type ScreeningFiltersProps = {
  readonly search: ScreeningSearch
  readonly onChange: (search: ScreeningSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function ScreeningFilters({ search, onChange, searchBox }: ScreeningFiltersProps) {
  const words = useWords()
  const { shops, today } = useSession()
  function set(conditions: Partial<Record<keyof ScreeningSearch, unknown>>, replace = false): void {
    onChange(withConditions(search, conditions as Partial<ScreeningSearch>), replace)
  }
  return (
    <div className={`${filterStyles.bar} no-print`} role="search" aria-label={words.screenings.filters}>
      <SearchBox
        ref={searchBox}
        label={words.screenings.search_label}
        placeholder={words.screenings.search}
        value={search.q ?? ''}
        onChange={(text) => set({ q: text === '' ? undefined : text }, true)}
      />
      <DayFilter
        name={words.screenings.decided}
        today={businessDate(today)}
        condition={search as object}
        onChange={({ from, to }) => set({ from, to })}
      />
      <ChoiceFilter
        name={words.screenings.result}
        choices={SCREENING_RESULTS.map((value) => ({
          value,
          word: words.screening_result[value],
          mark: <ToneBadge tone={SCREENING_TONE[value]} word={words.screening_result[value]} />,
        }))}
        chosen={search.result ?? []}
        onChange={(result) => set({ result })}
      />
      <ReasonFilter reason={search.reason} onChange={(reason) => set({ reason })} />
      <ChoiceFilter
        name={words.filter.site}
        choices={SITES.map((value) => ({ value, word: words.site[value] }))}
        chosen={search.site ?? []}
        onChange={(site) => set({ site })}
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

/** Any code, also one that nobody has named yet. */
function ReasonFilter(props: {
  readonly reason: string | undefined
  readonly onChange: (reason: string | undefined) => void
}) {
  const words = useWords()
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const { reason } = props
  const said = reason === undefined ? undefined : `${label(language, 'reason', reason)} (${reason})`
  return (
    <FilterChip name={words.screenings.reason} value={said} onClear={() => props.onChange(undefined)}>
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const code = typed.normalize('NFKC').trim()
            if (!/^[0-9A-Za-z_.]{1,40}$/.test(code)) return
            props.onChange(code.toUpperCase())
            close()
          }}
        >
          <TextInput
            size="xs"
            label={words.screenings.reason_code}
            placeholder="RE009"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" mt="xs" fullWidth>
            {words.app.apply}
          </Button>
        </form>
      )}
    </FilterChip>
  )
}
