/** Files of lists that were written in the background: what they hold, who took them, and the next step for each. */
import { Skeleton } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type ExportRow, exports } from '@choba/shared/contracts/exports.ts'
import { asApiError } from '../../api/api-error.ts'
import { usePages } from '../../api/pages.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Page } from '../../ui/page/page.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { ExportCard } from './export-card.tsx'
import { ExportsTabs } from './exports-tabs.tsx'
import styles from './exports.module.css'

/** While something is being written. */
const LOOK_EVERY_MS = 1_500

export function ExportsPage() {
  const words = useWords()
  const language = useLanguage()
  const { list, rows, more, reachEnd } = usePages<ExportRow>(exports.list, {})
  useProgress(
    rows.some(({ state, delivery }) => state === 'queued' || state === 'running' || delivery?.state === 'waiting'),
  )

  function body() {
    if (list.isPending) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      return (
        <ErrorNotice
          title={words.exports.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={retry}
        />
      )
    }
    if (rows.length === 0)
      return <Notice icon={IconFileExport} title={words.exports.empty_title} text={words.exports.empty_text} />
    return (
      <ul className={styles.list} aria-label={words.exports.title}>
        {rows.map((row) => (
          <ExportCard key={row.id} row={row} />
        ))}
      </ul>
    )
  }

  return (
    <Page title={words.exports.nav}>
      <ExportsTabs />
      <p className={styles.lead}>{words.exports.lead}</p>
      {body()}
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {words.exports.more}
      </MoreButton>
    </Page>
  )
}

function useProgress(isWriting: boolean): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!isWriting) return
    const timer = setInterval(
      () => void queryClient.invalidateQueries({ queryKey: [exports.list.path] }),
      LOOK_EVERY_MS,
    )
    return () => clearInterval(timer)
  }, [isWriting, queryClient])
}
