/** ⌘K: go to a screen, find a payment, change a setting. */
import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconLanguage, IconMoon, IconReceiptYen, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { payments } from '@choba/shared/contracts/payments.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { q } from '../api/q.ts'
import { useMay, useSession } from '../api/session.ts'
import { SECTION_ICONS } from '../features/settings/section-icons.ts'
import { sectionsFor } from '../features/settings/sections.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { formatYen } from '../ui/money/format-yen.ts'
import { formatInstant } from '../ui/time/format-time.ts'
import { placesFor } from './places.ts'
import type { AccountSettings } from './use-account-settings.ts'

const MOST_PAYMENTS = 8
const WAIT_MS = 150

type Entry = {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly icon: ReactNode
  readonly act: () => void
}

type PaletteProps = { readonly calls: number; readonly onHelp: () => void; readonly settings: AccountSettings }

export function Palette({ calls, onHelp, settings }: PaletteProps) {
  const words = useWords()
  const [query, setQuery] = useState('')
  const text = query.trim()
  const found = usePayments(text)
  const everywhere = useSearchAll(text)
  const screens = [...useScreens(text), ...useSettings(text)]
  const commands = matching(text, [
    { id: 'keyboard', label: words.app.keyboard, icon: <IconKeyboard size={18} />, act: onHelp },
    {
      id: 'language',
      label: settings.language === 'ja' ? 'English' : '日本語',
      icon: <IconLanguage size={18} />,
      act: () => settings.setLanguage(settings.language === 'ja' ? 'en' : 'ja'),
    },
    {
      id: 'theme',
      label: settings.theme === 'dark' ? words.app.theme_light : words.app.theme_dark,
      description: words.app.theme,
      icon: <IconMoon size={18} />,
      act: () => settings.setTheme(settings.theme === 'dark' ? 'light' : 'dark'),
    },
  ])
  useEffect(() => spotlight.open(), [calls])

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { 'aria-label': words.app.palette } }}
      scrollable
      maxHeight={460}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search
        placeholder={words.app.palette_placeholder}
        aria-label={words.app.palette}
        leftSection={<IconSearch size={18} />}
      />
      <Spotlight.ActionsList>
        <Group label={words.filter.q} entries={everywhere} />
        <Group label={words.app.palette_payments} entries={found} />
        <Group label={words.app.palette_screens} entries={screens} />
        <Group label={words.app.palette_commands} entries={commands} />
        {everywhere.length + found.length + screens.length + commands.length === 0 ? (
          <Spotlight.Empty>{words.app.palette_empty}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Group({ label, entries }: { readonly label: string; readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={label}>
      {entries.map((entry) => (
        <Spotlight.Action
          key={entry.id}
          label={entry.label}
          {...(entry.description === undefined ? {} : { description: entry.description })}
          leftSection={entry.icon}
          onClick={entry.act}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

function useScreens(text: string): Entry[] {
  const words = useWords()
  const navigate = useNavigate()
  const places = placesFor(useSession()).flatMap((group) => group.places)
  return matching(
    text,
    places.map(({ to, icon: Icon, nameIn }) => ({
      id: to,
      label: nameIn(words),
      icon: <Icon size={18} />,
      act: () => void navigate({ to }),
    })),
  )
}

/** Each section of the settings; contracts are a screen of their own above. */
function useSettings(text: string): Entry[] {
  const words = useWords()
  const navigate = useNavigate()
  const sections = sectionsFor(useSession()).filter(({ name }) => name !== 'contracts')
  return matching(
    text,
    sections.map(({ name, to, search }) => {
      const Icon = SECTION_ICONS[name]
      return {
        id: `settings ${name}`,
        label: words.settings_section[name],
        description: words.app.nav_settings,
        icon: <Icon size={18} />,
        act: () => void navigate({ to, ...(search && { search }) }),
      }
    }),
  )
}

/** First in the list: Enter right after typing asks the whole ledger. */
function useSearchAll(text: string): Entry[] {
  const words = useWords()
  const navigate = useNavigate()
  const mayAsk = useMay(payments.list.permission)
  if (text === '' || !mayAsk) return []
  const all: Entry = {
    id: 'search',
    label: fill(words.app.palette_search_all, { query: text }),
    icon: <IconSearch size={18} />,
    act: () => void navigate({ to: '/payments', search: { q: text } }),
  }
  return [all]
}

function usePayments(text: string): Entry[] {
  const language = useLanguage()
  const words = useWords()
  const navigate = useNavigate()
  const [asked] = useDebouncedValue(text, WAIT_MS)
  const mayAsk = useMay(payments.list.permission)
  const answer = useQuery({
    ...q(payments.list, { query: { q: asked, limit: MOST_PAYMENTS } }),
    enabled: mayAsk && asked !== '' && text !== '',
    placeholderData: keepPreviousData,
  })
  if (text === '' || answer.data === undefined) return []
  return answer.data.items.map((row) => ({
    id: row.id,
    label: `${row.orderNumber}  ${row.customerName}`,
    description: `${words.status[row.status]} · ${formatYen(row.amountYen)}${language === 'ja' ? '円' : ' yen'} · ${formatInstant(row.orderedAt, language)}`,
    icon: <IconReceiptYen size={18} />,
    act: () => void navigate({ to: '/payments/$id', params: { id: row.id } }),
  }))
}

function matching(text: string, entries: readonly Entry[]): Entry[] {
  const wanted = text.toLowerCase()
  return entries.filter(
    (entry) => entry.label.toLowerCase().includes(wanted) || (entry.description ?? '').toLowerCase().includes(wanted),
  )
}
