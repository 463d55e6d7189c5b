/** Files that were brought in, and the place for the next one. */
import { Alert, Button, Select, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileImport } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { IMPORT_TEMPLATE_PATH, type ImportRun, imports } from '@choba/shared/contracts/imports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useUpload } from '../../api/imports.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { DropZone } from '../../ui/upload/drop-zone.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { countOf, fileFacts, sayUnreadable, STATE_TONE } from './import-words.ts'
import { ImportHead } from './import-head.tsx'
import { ReadingChoice, type SaidReading } from './reading-choice.tsx'
import styles from './imports.module.css'
import type { ImportKind } from '@choba/shared/imports/names.ts'

type ImportWords = ReturnType<typeof useWords>['imports']

const HINTS: Readonly<Record<ImportKind, (words: ImportWords) => string>> = {
  orders: (words) => words.order_hint,
  history: (words) => words.history_hint,
  provider_list: (words) => words.provider_list_hint,
  slips: (words) => words.slip_hint,
}

export function ImportsPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/imports' })
  const navigate = useNavigate({ from: '/imports' })
  const { shops } = useSession()
  const may = useMay('imports.work')
  const kind = search.kind ?? 'orders'
  const shop = shops.length === 1 ? shops[0]?.id : search.shop
  const [said, setSaid] = useState<SaidReading>({})
  const zone = useRef<HTMLDivElement>(null)
  const upload = useUpload(({ run, repeated }) => {
    if (repeated) notifications.show({ message: words.imports.repeated })
    void navigate({ to: '/imports/$id', params: { id: run.id } })
  })
  useShortcuts({ n: () => zone.current?.querySelector('button')?.focus() })

  return (
    <div className={styles.page}>
      <ImportHead kind={kind} shop={search.shop}>
        {shops.length > 1 ? (
          <Select
            size="xs"
            w={220}
            aria-label={words.imports.shop}
            placeholder={words.imports.choose_shop}
            value={shop ?? null}
            onChange={(value) =>
              void navigate({ search: { kind, ...(value === null ? {} : { shop: value }) }, replace: true })
            }
            data={shops.map(({ id, name }) => ({ value: id, label: name }))}
            allowDeselect={false}
          />
        ) : null}
      </ImportHead>
      <div ref={zone}>
        <DropZone
          title={words.imports.drop}
          hint={HINTS[kind](words.imports)}
          choose={words.imports.choose}
          busy={upload.isPending}
          busyWord={words.imports.reading}
          closed={may ? (shop === undefined ? words.imports.choose_shop : undefined) : words.imports.no_permission}
          onFile={(file) =>
            upload.mutate({ kind, shop: shop ?? '', file, encoding: said.encoding, delimiter: said.delimiter })
          }
        >
          <Button
            size="xs"
            variant="default"
            component="a"
            href={`${IMPORT_TEMPLATE_PATH.replace(':kind', kind)}?language=${language}`}
            title={words.imports.template_hint}
            download
          >
            {words.imports.template}
          </Button>
        </DropZone>
      </div>
      <p className={styles.small}>{words.imports.drop_hint}</p>
      <ReadingChoice said={said} onSay={setSaid} />
      {upload.isError ? (
        <Alert
          role="alert"
          variant="light"
          mt="sm"
          title={fill(words.imports.unreadable, { name: upload.variables.file.name })}
        >
          {sayUnreadable(upload.error, language)}
        </Alert>
      ) : null}
      <RunList kind={kind} />
    </div>
  )
}

function RunList({ kind }: { readonly kind: ImportRun['kind'] }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { list, rows, more, reachEnd } = usePages<ImportRun>(imports.list, { kind })
  useRefresh([imports.list.path])
  const shopNames = new Map(shops.map(({ id, name }) => [id, name]))
  if (list.isPending) return <Skeleton height={200} mt="lg" role="status" aria-label={words.app.loading} />
  if (list.isError && rows.length === 0) {
    const { code, requestId } = asApiError(list.error)
    const retry = () => void list.refetch()
    const title = words.imports.failed_title
    return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
  }
  if (rows.length === 0)
    return <Notice icon={IconFileImport} title={words.imports.empty_title} text={words.imports.empty_text} />
  return (
    <div className={styles.list}>
      <PlainTable
        caption={words.import_kind[kind]}
        columns={[
          { name: words.imports.file },
          { name: words.imports.shop },
          { name: words.imports.state },
          { name: words.imports.rows, end: true },
          { name: words.import_row_state.done, end: true },
          { name: words.import_row_state.failed, end: true },
          { name: words.import_row_state.faulty, end: true },
          { name: words.imports.created },
          { name: words.imports.by },
        ]}
        rows={rows.map((run) => ({
          key: run.id,
          cells: [
            <Link key="name" to="/imports/$id" params={{ id: run.id }} title={fileFacts(run, language)}>
              {run.fileName}
            </Link>,
            shopNames.get(run.shopId) ?? '–',
            <ToneBadge key="state" tone={STATE_TONE[run.state]} word={words.import_state[run.state]} />,
            formatCount(run.total),
            formatCount(countOf(run, 'done')),
            formatCount(countOf(run, 'failed')),
            formatCount(countOf(run, 'faulty')),
            formatInstant(run.createdAt, language),
            run.createdBy,
          ],
        }))}
      />
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {words.shipments.more}
      </MoreButton>
    </div>
  )
}
