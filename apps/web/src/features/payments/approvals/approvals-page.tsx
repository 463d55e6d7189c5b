/** Orders that wait for a second person, and those that can still be taken back. */
import { IconChecks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { safety, type WaitingOperation } from '@choba/shared/contracts/safety.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../../api/api-error.ts'
import { useRefresh } from '../../../api/pages.ts'
import { q } from '../../../api/q.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { PlainTable } from '../../../ui/facts/plain-table.tsx'
import { Notice } from '../../../ui/feedback/notice.tsx'
import { ReadState } from '../../../ui/feedback/read-state.tsx'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { Page } from '../../../ui/page/page.tsx'
import { formatInstant } from '../../../ui/time/format-time.ts'
import { SecondsLeft, WaitingActions } from './waiting-actions.tsx'

const ASK_EVERY_MS = 10_000

export function ApprovalsPage() {
  const { approvals: words } = useWords()
  const { data, error, refetch } = useQuery({ ...q(safety.waiting, { query: {} }), refetchInterval: ASK_EVERY_MS })
  useRefresh([safety.waiting.path])
  return (
    <Page title={words.title} lead={words.lead}>
      <ReadState data={data} failed={failedOf(error)} failedTitle={words.failed} onRetry={() => void refetch()}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice icon={IconChecks} title={words.none} text={words.none_text} />
          ) : (
            <WaitingTable rows={items} />
          )
        }
      </ReadState>
    </Page>
  )
}

function WaitingTable({ rows }: { readonly rows: readonly WaitingOperation[] }) {
  const { approvals: words } = useWords()
  const language = useLanguage()
  return (
    <PlainTable
      caption={words.title}
      columns={[
        { name: words.order },
        { name: words.action },
        { name: words.gives_up, end: true },
        { name: words.decide },
        { name: words.customer },
        { name: words.asked_by },
        { name: words.asked_at },
        { name: words.reason },
        { name: words.state },
      ]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          <Link key="order" to="/payments/$id" params={{ id: row.paymentId }}>
            {row.orderNumber}
          </Link>,
          label(language, 'action', row.kind),
          formatYen(row.givesUpYen),
          <WaitingActions key="decide" row={row} />,
          row.customerName,
          row.requestedByName ?? '–',
          formatInstant(row.requestedAt, language),
          row.reason ?? '–',
          row.sentAt === null ? (
            label(language, 'operation_state', row.state)
          ) : (
            <SecondsLeft key="left" sentAt={row.sentAt} />
          ),
        ],
      }))}
    />
  )
}
