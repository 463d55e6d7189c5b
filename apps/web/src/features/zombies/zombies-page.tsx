/** Claims that outlived their order: each with its cause, the claim beside it, and the cancel that remedies it. */
import { Button, Group, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconGhost2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { type ZombieRow, zombies } from '@choba/shared/contracts/zombies.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { ZOMBIE_KINDS } from '@choba/shared/states/zombie.ts'
import { asApiError } from '../../api/api-error.ts'
import { usePages, useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ChoiceFilter } from '../../ui/filters/choice-filter.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { ClaimCell } from './claim-cell.tsx'
import styles from './zombies.module.css'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

export function ZombiesPage() {
  const words = useWords()
  const language = useLanguage()
  const { kind } = useSearch({ from: '/console/zombies' })
  const navigate = useNavigate({ from: '/zombies' })
  const query = kind === undefined ? {} : { kind: [...kind] }
  const mayExport = useMay('sales.export')
  const [exporting, exportDialog] = useDisclosure(false)
  const { list, rows, more, reachEnd } = usePages<ZombieRow>(zombies.list, query)
  const totals = useQuery(q(zombies.totals, { query }))
  useRefresh([zombies.list.path, zombies.totals.path])

  function body() {
    if (list.isPending) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    if (list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(list.error)
      const retry = () => void list.refetch()
      return (
        <ErrorNotice
          title={words.zombies.failed}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={retry}
        />
      )
    }
    if (rows.length === 0 && kind === undefined)
      return <Notice icon={IconGhost2} title={words.zombies.all_clear} text={words.zombies.all_clear_text} />
    if (rows.length === 0) return <Notice icon={IconGhost2} title={words.zombies.kind_clear} />
    return (
      <PlainTable
        caption={words.zombies.title}
        columns={[
          { name: words.zombies.order },
          { name: words.zombies.customer },
          { name: words.zombies.cause },
          { name: words.zombies.claim },
          { name: words.zombies.other },
        ]}
        rows={rows.map((row) => ({ key: row.id, cells: cellsOf(row) }))}
      />
    )
  }

  function cellsOf(row: ZombieRow) {
    return [
      <Link key="order" to="/payments/$id" params={{ id: row.id }} className="link-button mono">
        {row.orderNumber}
      </Link>,
      row.customerName,
      <span key="cause" className={styles.cause}>
        <strong>{words.zombie_kind[row.kind]}</strong>
        <span className="soft">{words.zombie_cause[row.kind]}</span>
      </span>,
      <ClaimCell key="claim" claim={row.claim} orderNumber={row.orderNumber} remedy="main" />,
      row.other === null ? (
        <span key="other" className="soft">
          –
        </span>
      ) : (
        // Of two live claims a person may keep either; what replaced another stays.
        <ClaimCell
          key="other"
          claim={row.other}
          orderNumber={row.orderNumber}
          remedy={row.kind === 'two_methods' ? 'second' : 'none'}
        />
      ),
    ]
  }

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.zombies.title}</h1>
      <p className={styles.lead}>{words.zombies.lead}</p>
      <Group className="no-print" gap="sm">
        <div role="search" aria-label={words.zombies.kinds}>
          <ChoiceFilter
            name={words.zombies.kinds}
            choices={ZOMBIE_KINDS.map((value) => ({ value, word: words.zombie_kind[value] }))}
            chosen={kind ?? []}
            onChange={(chosen) => void navigate({ search: chosen.length === 0 ? {} : { kind: chosen }, replace: true })}
          />
        </div>
        {mayExport ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            title={words.ledger.export_hint}
            onClick={exportDialog.open}
          >
            {words.zombies.export}
          </Button>
        ) : null}
      </Group>
      {totals.data && totals.data.count > 0 ? (
        <p className={styles.total} aria-live="polite">
          {fill(words.zombies.total, {
            count: formatCount(totals.data.count),
            amount: formatYen(totals.data.amountYen),
          })}
        </p>
      ) : null}
      {body()}
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {words.zombies.more}
      </MoreButton>
      <Suspense fallback={null}>
        {exporting ? <ExportDialog query={query} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
