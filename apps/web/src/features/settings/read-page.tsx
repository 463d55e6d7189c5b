/** A settings page: its head, and what is read for it once it is there. */
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Contract, Input, Output } from '@choba/shared/contract.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import styles from './settings.module.css'

type Read = Contract & { readonly method: 'GET' }
type ReadPageProps<C extends Read> = {
  readonly title: string
  readonly lead: string
  readonly contract: C
  readonly children: (data: Output<C>) => ReactNode
}

export function ReadPage<C extends Read>({ title, lead, contract, children }: ReadPageProps<C>) {
  const words = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(q(contract, {} as Input<C>)) // its address holds no parameter
  function body() {
    if (data !== undefined) return children(data)
    if (error === null) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    const { code, requestId } = asApiError(error)
    return (
      <ErrorNotice
        title={words.settings.failed}
        code={code}
        requestId={requestId}
        language={language}
        onRetry={() => void refetch()}
      />
    )
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      {body()}
    </div>
  )
}
