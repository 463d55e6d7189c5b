/** The common frame of the developer's pages: title, lead, and the three states of what they read. */
import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asApiError } from '../../api/api-error.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import styles from './developer.module.css'

type PageFrameProps<T> = {
  readonly title: string
  readonly lead: string
  readonly action?: ReactNode
  readonly query: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}

export function PageFrame<T>({ title, lead, action, query, children }: PageFrameProps<T>) {
  const words = useWords()
  const language = useLanguage()
  function body() {
    if (query.data !== undefined) return children(query.data)
    if (query.error === null) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    const { code, requestId } = asApiError(query.error)
    return (
      <ErrorNotice
        title={words.developer.failed_title}
        code={code}
        requestId={requestId}
        language={language}
        onRetry={() => void query.refetch()}
      />
    )
  }
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {action}
      </div>
      <p className={styles.lead}>{lead}</p>
      {body()}
    </div>
  )
}
