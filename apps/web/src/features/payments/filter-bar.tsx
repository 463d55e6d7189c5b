/** Search and conditions of the ledger. All of it is the address; nothing is kept here but which rare chips are out. */
import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type Ref, useState } from 'react'
import { BILLING_METHODS, PAYMENT_CONNECTIONS, METHODS, SITES } from '@choba/shared/methods.ts'
import { MINE } from '@choba/shared/filters/payments.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { useSession } from '../../api/session.ts'
import { useTags } from '../../api/use-tags.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { AmountFilter } from '../../ui/filters/amount-filter.tsx'
import { type Choice, ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import styles from '../../ui/filters/filters.module.css'
import { SearchBox } from '../../ui/filters/search-box.tsx'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { TagChip } from '../../ui/tags/tag-chip.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { type FilterKey, isFiltered, type LedgerSearch, without } from './ledger-search.ts'
import { DateFilter } from './date-filter.tsx'

const RARE = ['mine', 'tag', 'shop', 'site', 'billing', 'connection'] as const satisfies readonly FilterKey[]
type RareKey = (typeof RARE)[number]

type FilterBarProps = {
  readonly search: LedgerSearch
  readonly onChange: (search: LedgerSearch, replace?: boolean) => void
  readonly searchBox: Ref<HTMLInputElement>
}

export function FilterBar({ search, onChange, searchBox }: FilterBarProps) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { all } = useTags()
  const [added, setAdded] = useState<readonly RareKey[]>([])
  const out = RARE.filter((key) => search[key] !== undefined || added.includes(key))

  function set(keys: readonly FilterKey[], values: Partial<LedgerSearch>): void {
    onChange({ ...without(search, keys), ...values })
  }
  function chosen<K extends FilterKey>(key: K, values: readonly unknown[]): void {
    set([key], values.length === 0 ? {} : ({ [key]: values } as Partial<LedgerSearch>))
  }

  const rare: Readonly<Record<RareKey, readonly Choice<string>[]>> = {
    mine: MINE.map((value) => ({ value, word: words.mine[value] })),
    tag: all
      .filter((tag) => !tag.isArchived || search.tag?.includes(tag.id) === true)
      .map((tag) => ({ value: tag.id, word: tag.name, mark: <TagChip tag={tag} /> })),
    shop: shops.map((shop) => ({ value: shop.id, word: shop.name })),
    site: SITES.map((value) => ({ value, word: words.site[value] })),
    billing: BILLING_METHODS.map((value) => ({ value, word: words.billing[value] })),
    connection: PAYMENT_CONNECTIONS.map((value) => ({ value, word: words.connection[value] })),
  }

  return (
    <div className={`${styles.bar} no-print`} role="search" aria-label={words.ledger.filters}>
      <SearchBox
        ref={searchBox}
        label={words.ledger.search_label}
        placeholder={words.ledger.search}
        value={search.q ?? ''}
        onChange={(text) => onChange({ ...without(search, ['q']), ...(text === '' ? {} : { q: text }) }, true)}
      />
      <DateFilter condition={search as object} onChange={(condition) => set(['dateBy', 'from', 'to'], condition)} />
      <ChoiceFilter
        name={words.filter.status}
        choices={PAYMENT_STATUSES.map((value) => ({
          value,
          word: words.status[value],
          mark: <StatusBadge status={value} language={language} />,
        }))}
        chosen={search.status ?? []}
        onChange={(values) => chosen('status', values)}
      />
      <ChoiceFilter
        name={words.filter.method}
        choices={METHODS.map((value) => ({
          value,
          word: words.method[value],
          mark: <MethodMark method={value} language={language} />,
        }))}
        chosen={search.method ?? []}
        onChange={(values) => chosen('method', values)}
      />
      <AmountFilter condition={search as object} onChange={(condition) => set(['amountMin', 'amountMax'], condition)} />
      {out.map((key) => (
        <ChoiceFilter
          key={key}
          name={words.filter[key]}
          choices={rare[key]}
          chosen={search[key] ?? []}
          onChange={(values) => chosen(key, values)}
          startsOpen={search[key] === undefined}
        />
      ))}
      {out.length < RARE.length ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              size="xs"
              h={30}
              variant="subtle"
              color="gray"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
            >
              {words.ledger.add_filter}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {RARE.filter((key) => !out.includes(key)).map((key) => (
              <Menu.Item key={key} onClick={() => setAdded([...added, key])}>
                {words.filter[key]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {isFiltered(search) ? (
        <Button
          size="xs"
          h={30}
          variant="subtle"
          onClick={() => {
            setAdded([])
            onChange(without(search, CLEARED))
          }}
        >
          {words.ledger.clear_all}
        </Button>
      ) : null}
    </div>
  )
}

const CLEARED: readonly FilterKey[] = [
  'q',
  'dateBy',
  'from',
  'to',
  'status',
  'method',
  'amountMin',
  'amountMax',
  ...RARE,
]
