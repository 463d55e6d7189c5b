/** The common frame of the developer's pages. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { failedOf } from '../../api/api-error.ts'
import { useWords } from '../../i18n/language.ts'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'

type PageFrameProps<T> = {
  readonly title: string
  readonly lead: string
  readonly action?: ReactNode
  readonly query: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}

export function PageFrame<T>({ query, action, children, ...page }: PageFrameProps<T>) {
  const { developer: words } = useWords()
  return (
    // Nothing is added to a list that one may not see.
    <Page {...page} action={query.data === undefined ? undefined : action}>
      <ReadState
        data={query.data}
        failed={failedOf(query.error)}
        failedTitle={words.failed_title}
        onRetry={() => void query.refetch()}
      >
        {children}
      </ReadState>
    </Page>
  )
}
