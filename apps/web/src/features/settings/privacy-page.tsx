/** How long customers' personal data is kept, whom that erases tonight, and how often what is masked may be shown. */
import { Alert, Button, NativeSelect, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { BOOKS_KEPT_YEARS, privacy } from '@choba/shared/contracts/privacy.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { ReadPage } from './read-page.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'

const CHOICES = [1, 2, 3, 5, 7, 10, 15, 20, 30]
const REVEALS = [0, 5, 10, 20, 50, 100, 200]

export function PrivacyPage() {
  const words = useWords()
  return (
    <ReadPage title={words.settings_section.privacy} lead={words.settings_lead.privacy} contract={privacy.get}>
      {(read) => <PrivacyForm key={JSON.stringify(read)} {...read} />}
    </ReadPage>
  )
}

function PrivacyForm({ eraseAfterYears, revealsPerHour, erased }: Output<typeof privacy.get>) {
  const { app, privacy: words } = useWords()
  const [years, setYears] = useState(eraseAfterYears)
  const [reveals, setReveals] = useState(revealsPerHour)
  const saving = useSetting(() => call(privacy.put, { body: { eraseAfterYears: years, revealsPerHour: reveals } }))
  function submit(event: FormEvent): void {
    event.preventDefault()
    saving.mutate(undefined)
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <NativeSelect
          label={words.retention}
          description={words.retention_hint}
          value={years === null ? '' : String(years)}
          data={[
            { value: '', label: words.never },
            ...choicesOf(CHOICES, eraseAfterYears).map((each) => ({
              value: String(each),
              label: fill(words.years, { years: each }),
            })),
          ]}
          onChange={(event) => setYears(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
        {years !== null && years < BOOKS_KEPT_YEARS.usual ? (
          <Alert color="vermilion" variant="light">
            {words.short}
          </Alert>
        ) : null}
        {years === null ? null : <DueTonight years={years} />}
        <p className="soft" style={{ margin: 0 }}>
          {fill(words.erased, { count: formatCount(erased) })}
        </p>
        <p className="soft" style={{ margin: 0 }}>
          {words.search_note}
        </p>
        <NativeSelect
          label={words.reveals}
          description={words.reveals_hint}
          value={String(reveals)}
          data={choicesOf(REVEALS, revealsPerHour).map((each) => ({
            value: String(each),
            label: each === 0 ? words.reveals_none : fill(words.reveals_count, { count: formatCount(each) }),
          }))}
          onChange={(event) => setReveals(Number(event.currentTarget.value))}
        />
        <Failure failed={failedOf(saving.error)} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {app.save}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

/** With the one in force, which a program may have set. */
function choicesOf(usual: readonly number[], now: number | null): number[] {
  return [...new Set([...usual, ...(now === null ? [] : [now])])].sort((a, b) => a - b)
}

function DueTonight({ years }: { readonly years: number }) {
  const { app, privacy: words } = useWords()
  const language = useLanguage()
  const due = useQuery(q(privacy.due, { query: { years } }))
  if (due.isPending) return <Skeleton height={60} role="status" aria-label={app.loading} />
  if (due.isError) return <Alert color="vermilion">{words.due_failed}</Alert>
  const { count, payments, first } = due.data
  const before = formatDay(due.data.before, language)
  if (count === 0) return <p style={{ margin: 0 }}>{fill(words.due_none, { before })}</p>
  return (
    <div>
      <p style={{ margin: 0 }}>
        {fill(words.due, { count: formatCount(count), payments: formatCount(payments), before })}
      </p>
      <ul style={{ margin: '6px 0 0', paddingInlineStart: 20 }}>
        {first.map(({ id, name, lastClosedOn }) => (
          <li key={id}>
            {name}{' '}
            <span className="soft">
              {words.last_closed} {formatDay(lastClosedOn, language)}
            </span>
          </li>
        ))}
      </ul>
      {count > first.length ? (
        <p className="soft" style={{ margin: '4px 0 0' }}>
          {fill(words.due_more, { count: formatCount(count - first.length) })}
        </p>
      ) : null}
    </div>
  )
}
