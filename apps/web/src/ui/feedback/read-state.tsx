/** The three states of what a page reads: on its way, failed with a way to try again, and there. */
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from './error-notice.tsx'

type ReadStateProps<T> = {
  readonly data: T | undefined
  readonly failed: { readonly code: string; readonly requestId: string | null } | null
  /** What failed, in words. */
  readonly failedTitle: string
  readonly onRetry: () => void
  readonly children: (data: T) => ReactNode
}

export function ReadState<T>({ data, failed, failedTitle, onRetry, children }: ReadStateProps<T>) {
  const words = useWords()
  const language = useLanguage()
  // What was read before stays, also when reading it again fails.
  if (data !== undefined) return children(data)
  if (failed === null) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
  return (
    <ErrorNotice
      title={failedTitle}
      code={failed.code}
      requestId={failed.requestId}
      language={language}
      onRetry={onRetry}
    />
  )
}
