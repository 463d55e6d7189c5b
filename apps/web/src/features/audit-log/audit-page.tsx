/** Who did what, when and from where, newest first, and whether the log still stands as it was written. */
import { Button, Group, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { auditLog, type AuditRow } from '@choba/shared/contracts/audit-log.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError, failedOf } from '../../api/api-error.ts'
import { usePages } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useListViews } from '../../api/use-list-views.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { Page } from '../../ui/page/page.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { ViewMenu } from '../../ui/views/view-menu.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { AuditDialog } from './audit-dialog.tsx'
import { AuditFilters } from './audit-filters.tsx'
import styles from './audit-log.module.css'
import { aboutOf, doneOf } from './audit-words.ts'
import { type AuditSearch, parseAuditSearch } from './audit-search.ts'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

export function AuditPage() {
  const { audit_log: words, app, settings_section: sections } = useWords()
  const language = useLanguage()
  const filter = useSearch({ from: '/console/settings/audit' })
  const navigate = useNavigate({ from: '/settings/audit' })
  const setFilter = (search: AuditSearch) => void navigate({ search, replace: true })
  const views = useListViews('audit', { search: filter, onOpen: (raw) => setFilter(parseAuditSearch(raw)) })
  const [exporting, exportDialog] = useDisclosure(false)
  const [read, setRead] = useState<AuditRow | null>(null)
  const { list, rows, more, reachEnd } = usePages<AuditRow>(auditLog.list, filter)
  return (
    <Page
      title={sections.audit}
      action={
        <Group gap="xs">
          <ViewMenu {...views} />
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={exportDialog.open}
          >
            {words.export}
          </Button>
        </Group>
      }
    >
      <SealLine />
      <AuditFilters value={filter} onChange={setFilter} />
      {list.isPending ? <Skeleton height={240} role="status" aria-label={app.loading} /> : null}
      {list.error === null ? null : (
        <ErrorNotice
          title={words.failed}
          code={asApiError(list.error).code}
          requestId={asApiError(list.error).requestId}
          language={language}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isSuccess && rows.length === 0 ? (
        <Notice icon={IconHistory} title={words.none} text={words.none_text} />
      ) : null}
      {rows.length === 0 ? null : (
        <PlainTable
          caption={sections.audit}
          columns={[
            { name: words.when },
            { name: words.who },
            { name: words.what },
            { name: words.about },
            { name: words.where },
            { name: words.open },
          ]}
          rows={rows.map((row) => {
            const action = doneOf(row, language)
            return {
              key: row.id,
              cells: [
                formatInstant(row.at, language),
                row.actor.name ?? label(language, 'audit_actor', row.actor.kind),
                action,
                aboutOf(row, language),
                row.ip ?? '–',
                <Button
                  key="open"
                  size="compact-xs"
                  variant="default"
                  aria-label={fill(words.open_of, { action })}
                  onClick={() => setRead(row)}
                >
                  {words.open}
                </Button>,
              ],
            }
          })}
        />
      )}
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {words.more}
      </MoreButton>
      {read === null ? null : (
        <AuditDialog
          row={read}
          onNarrow={(search) => {
            setRead(null)
            setFilter(search)
          }}
          onClose={() => setRead(null)}
        />
      )}
      <Suspense fallback={null}>
        {exporting ? <ExportDialog search={filter} onClose={exportDialog.close} /> : null}
      </Suspense>
    </Page>
  )
}

/** Walks the whole log, and so only when somebody asks. */
function SealLine() {
  const { audit_log: words } = useWords()
  const [isAsked, setAsked] = useState(false)
  const { data, error, isFetching, refetch } = useQuery({ ...q(auditLog.check, {}), enabled: isAsked, staleTime: 0 })
  const text = data?.findings === 0 ? words.sealed : words.broken
  return (
    <div className={styles.check}>
      <Button
        size="xs"
        variant="default"
        loading={isFetching}
        onClick={() => (isAsked ? void refetch() : setAsked(true))}
      >
        {words.check}
      </Button>
      <Failure failed={failedOf(error)} />
      {data === undefined ? null : (
        <span className="soft" role="status">
          {fill(text, { count: formatCount(data.sealed), findings: formatCount(data.findings) })}
        </span>
      )}
    </div>
  )
}
