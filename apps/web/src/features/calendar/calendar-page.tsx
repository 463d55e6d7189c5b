/** The days on which banks, providers and the merchant are closed, year by year. */
import { ActionIcon, Button, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconFileImport, IconPlus, IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { calendar, type CalendarChanges, type CalendarDayView } from '@choba/shared/contracts/calendar.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { AddDialog } from './add-dialog.tsx'
import { ChangesDialog } from './changes-dialog.tsx'
import { FileDialog } from './file-dialog.tsx'
import { weekdayOf } from './weekday.ts'

type Asked = 'add' | 'file' | { readonly removed: CalendarDayView }

export function CalendarPage() {
  const words = useWords()
  const [year, setYear] = useState<number>()
  const [asked, setAsked] = useState<Asked | null>(null)
  const query = useQuery({ ...q(calendar.get, { query: { year } }), placeholderData: keepPreviousData })
  const close = () => setAsked(null)
  return (
    <Page
      title={words.settings_section.calendar}
      lead={words.settings_lead.calendar}
      maxWidth={760}
      action={
        query.data && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} aria-hidden="true" />}
              onClick={() => setAsked('file')}
            >
              {words.calendar.import}
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAsked('add')}>
              {words.calendar.add}
            </Button>
          </Group>
        )
      }
    >
      <ReadState
        data={query.data}
        failed={failedOf(query.error)}
        failedTitle={words.calendar.failed}
        onRetry={() => void query.refetch()}
      >
        {(data) => (
          <>
            <YearChoice year={data.year} onYear={setYear} />
            <DayTable {...data} onRemove={(removed) => setAsked({ removed })} />
            <p className="soft">{words.calendar.weekends}</p>
            {asked === 'add' ? <AddDialog today={data.today} onClose={close} /> : null}
            {asked === 'file' ? <FileDialog onClose={close} /> : null}
            {asked !== null && typeof asked === 'object' ? (
              <ChangesDialog changes={[withdrawn(asked.removed)]} source="own" onClose={close} />
            ) : null}
          </>
        )}
      </ReadState>
    </Page>
  )
}

/** An own line goes; a holiday of the table becomes a business day. */
function withdrawn({ scope, day, source, name }: CalendarDayView): CalendarChanges['changes'][number] {
  return {
    scope,
    day: day as CalendarChanges['changes'][number]['day'],
    closed: source === 'library' ? false : null,
    name,
  }
}

function YearChoice({ year, onYear }: { readonly year: number; readonly onYear: (year: number) => void }) {
  const { calendar: words } = useWords()
  return (
    <Group gap="xs" mb="sm">
      <ActionIcon
        variant="default"
        aria-label={words.year_before}
        disabled={year <= 1970}
        onClick={() => onYear(year - 1)}
      >
        <IconChevronLeft size={16} aria-hidden="true" />
      </ActionIcon>
      <h2 style={{ margin: 0, fontSize: '1rem' }} aria-live="polite">
        {fill(words.year, { year })}
      </h2>
      <ActionIcon
        variant="default"
        aria-label={words.year_after}
        disabled={year >= 2050}
        onClick={() => onYear(year + 1)}
      >
        <IconChevronRight size={16} aria-hidden="true" />
      </ActionIcon>
    </Group>
  )
}

type DayTableProps = {
  readonly year: number
  readonly today: string
  readonly days: readonly CalendarDayView[]
  readonly onRemove: (day: CalendarDayView) => void
}

function DayTable({ year, today, days, onRemove }: DayTableProps) {
  const words = useWords()
  const language = useLanguage()
  if (days.length === 0) return <p className="soft">{words.calendar.none}</p>
  return (
    <PlainTable
      caption={fill(words.calendar.caption, { year })}
      columns={[
        { name: words.calendar.day },
        { name: words.calendar.name },
        { name: words.calendar.whose },
        { name: words.calendar.source },
        { name: words.calendar.remove, end: true },
      ]}
      rows={days.map((day) => {
        const name = day.source === 'bank' ? words.calendar.year_end : day.name
        const written = formatDay(day.day, language)
        const isPast = day.day <= today
        return {
          key: `${day.scope} ${day.day}`,
          cells: [
            `${written} ${weekdayOf(day.day, language)}`,
            day.closed ? name : `${name}${words.calendar.open}`,
            day.source === 'bank' ? words.calendar.bank_day : words.calendar_scope[day.scope],
            words.calendar_source[day.source],
            day.source === 'bank' ? null : (
              <ActionIcon
                variant="subtle"
                size="sm"
                aria-label={fill(words.calendar.remove_named, { day: written, name })}
                title={isPast ? words.calendar.past : words.calendar.remove}
                disabled={isPast}
                onClick={() => onRemove(day)}
              >
                <IconX size={14} aria-hidden="true" />
              </ActionIcon>
            ),
          ],
        }
      })}
    />
  )
}
