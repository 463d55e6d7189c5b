/** The workbench: what is to be shipped, what is on its way, and how the shop names its carriers. */
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFileImport, IconSearch } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { CarriersTab } from './carriers-tab.tsx'
import { ReadyTab } from './ready-tab.tsx'
import { ReportedTab } from './reported-tab.tsx'
import styles from './shipments.module.css'
import { type ShipmentsSearch, WORKBENCH_TABS } from './shipments-search.ts'

const WAIT_MS = 250

export function ShipmentsPage() {
  const { shipments } = useWords()
  const { shops } = useSession()
  const search = useSearch({ from: '/console/shipments' })
  const navigate = useNavigate({ from: '/shipments' })
  const searchBox = useRef<HTMLInputElement>(null)
  const tab = search.tab ?? 'ready'
  const find = useDebouncedCallback((q: string) => change({ q }), WAIT_MS)
  useShortcuts({ '/': () => searchBox.current?.focus() })

  function change(next: { [Key in keyof ShipmentsSearch]?: ShipmentsSearch[Key] | undefined }): void {
    void navigate({
      search: (before) => {
        const merged = { ...before, ...next }
        return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''))
      },
      replace: true,
    })
  }

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{shipments.title}</h1>
        <SegmentedControl
          size="xs"
          aria-label={shipments.title}
          value={tab}
          onChange={(value) => {
            const next = WORKBENCH_TABS.find((each) => each === value)
            change({ tab: next === 'ready' ? undefined : next })
          }}
          data={WORKBENCH_TABS.map((value) => ({ value, label: shipments[`tab_${value}`] }))}
        />
        <span className={styles.grow} />
        <Button
          size="xs"
          h={30}
          variant="default"
          leftSection={<IconFileImport size={15} aria-hidden="true" />}
          renderRoot={(props) => <Link to="/imports" search={{ kind: 'slips' }} {...props} />}
        >
          {shipments.tab_imports}
        </Button>
      </div>
      <div className={styles.filters}>
        {tab === 'carriers' ? null : (
          <TextInput
            ref={searchBox}
            key={search.q === undefined ? 'empty' : 'filled'}
            size="xs"
            w={260}
            type="search"
            aria-label={shipments.search_label}
            placeholder={shipments.search}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            defaultValue={search.q ?? ''}
            onChange={(event) => find(event.currentTarget.value)}
          />
        )}
        {shops.length > 1 ? <ShopSelect tab={tab} shop={search.shop} onChange={(shop) => change({ shop })} /> : null}
      </div>
      {tab === 'ready' ? <ReadyTab search={search} onChange={change} /> : null}
      {tab === 'reported' ? <ReportedTab search={search} onChange={change} /> : null}
      {tab === 'carriers' ? <CarriersTab shopId={search.shop ?? shops[0]?.id ?? ''} /> : null}
    </div>
  )
}

type ShopSelectProps = {
  readonly tab: string
  readonly shop: string | undefined
  readonly onChange: (shop: string | undefined) => void
}

function ShopSelect({ tab, shop, onChange }: ShopSelectProps) {
  const { app } = useWords()
  const { shops } = useSession()
  // Carriers are one shop's: there all shops together are none.
  const one = tab === 'carriers'
  return (
    <Select
      size="xs"
      w={200}
      aria-label={app.shop}
      placeholder={app.all_shops}
      value={shop ?? (one ? (shops[0]?.id ?? null) : null)}
      onChange={(value) => onChange(value ?? undefined)}
      data={shops.map(({ id, name }) => ({ value: id, label: name }))}
      clearable={!one}
      allowDeselect={!one}
    />
  )
}
