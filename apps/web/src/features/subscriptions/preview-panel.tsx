/** What the form would do, asked of the BFF while it is filled in. Nothing is made by it. */
import { Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import type { SubscriptionInput } from '@choba/shared/contracts/subscription-input.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import styles from './form.module.css'
import { failureWords } from './issues.ts'
import { PlannedCycles } from './next-charge.tsx'

const PAUSE_MS = 350

export function PreviewPanel({ input }: { readonly input: SubscriptionInput | null }) {
  const { subscription_form: words } = useWords()
  return (
    <section aria-label={words.preview} className={styles.preview}>
      <h2 className={styles.previewTitle}>{words.preview}</h2>
      {input === null ? <p className="soft">{words.preview_wait}</p> : <Preview input={input} />}
    </section>
  )
}

function Preview({ input }: { readonly input: SubscriptionInput }) {
  const { subscription_form: words, app } = useWords()
  const language = useLanguage()
  const [asked] = useDebouncedValue(JSON.stringify(input), PAUSE_MS)
  const preview = useQuery({
    ...queryOptions({
      queryKey: [subscriptions.preview.path, asked] as const,
      queryFn: ({ signal }) => call(subscriptions.preview, { body: JSON.parse(asked) as SubscriptionInput }, signal),
    }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (preview.isPending) return <Skeleton height={140} role="status" aria-label={app.loading} />
  if (preview.isError) {
    return (
      <p className={styles.fault} role="alert">
        {failureWords(language, asApiError(preview.error))}
      </p>
    )
  }
  if (preview.data.planned.length === 0) return <p className="soft">{words.preview_none}</p>
  const isMetered = input.kind === 'metered'
  return (
    <>
      <PlannedCycles planned={preview.data.planned} isMetered={isMetered} isNp={input.kind === 'np_schedule'} />
      <p className={styles.hint}>
        {isMetered ? `${words.preview_metered} ` : ''}
        {words.preview_lead}
      </p>
    </>
  )
}
