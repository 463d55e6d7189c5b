/** The ledger without rows: nothing yet, or no match and which conditions to drop. */
import { Button } from '@mantine/core'
import { IconNotebook, IconSearchOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { fill } from '@choba/shared/labels/labels.ts'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { type FilterKey, isFiltered, type LedgerSearch, without } from './ledger-search.ts'

const GROUPS = {
  q: ['q'],
  date: ['dateBy', 'from', 'to'],
  status: ['status'],
  method: ['method'],
  amount: ['amountMin', 'amountMax'],
  shop: ['shop'],
  site: ['site'],
  billing: ['billing'],
  connection: ['connection'],
} as const satisfies Record<string, readonly FilterKey[]>

export function LedgerEmpty({
  search,
  onChange,
}: {
  readonly search: LedgerSearch
  readonly onChange: (search: LedgerSearch) => void
}) {
  const { ledger, filter, settings_section: sections } = useWords()
  const maySetUp = useMay('settings.manage')
  if (!isFiltered(search))
    return (
      <Notice icon={IconNotebook} title={ledger.empty_title} text={ledger.empty_text}>
        {maySetUp ? (
          <Button component={Link} to="/settings/guide" size="xs" variant="default">
            {sections.guide}
          </Button>
        ) : null}
      </Notice>
    )
  const groups = Object.entries(GROUPS).filter(([, keys]) => keys.some((key) => search[key] !== undefined))
  const title = search.q === undefined ? ledger.no_match_title : fill(ledger.no_match_search, { query: search.q })
  return (
    <Notice icon={IconSearchOff} title={title} text={ledger.no_match_text}>
      {groups.map(([name, keys]) => (
        <Button key={name} variant="default" size="xs" onClick={() => onChange(without(search, keys))}>
          {fill(ledger.clear_one, { name: filter[name as keyof typeof GROUPS] })}
        </Button>
      ))}
      {groups.length > 1 ? (
        <Button
          size="xs"
          onClick={() =>
            onChange(
              without(
                search,
                groups.flatMap(([, keys]) => [...keys]),
              ),
            )
          }
        >
          {ledger.clear_all}
        </Button>
      ) : null}
    </Notice>
  )
}
