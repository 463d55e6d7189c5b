/** Statements as files: the place for the next one, and those that were brought. */
import { IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { label } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { DropZone } from '../../ui/upload/drop-zone.tsx'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { FileDialog } from './file-dialog.tsx'
import { type ReadFile, readFile } from './file-input.ts'
import { PayoutStateBadge } from './payout-state.tsx'
import type { PayoutsSearch } from './payouts-search.ts'
import { usePayouts } from './use-payouts.ts'

const BROUGHT: PayoutsSearch = { source: ['file'] }

export function StatementFiles() {
  const words = useWords()
  const may = useMay('payouts.import')
  const [given, setGiven] = useState<ReadFile>()
  return (
    <>
      <DropZone
        title={words.statement_file.drop}
        hint={words.statement_file.file_hint}
        choose={words.imports.choose}
        busy={false}
        busyWord={words.imports.reading}
        closed={may ? undefined : words.imports.statement_closed}
        accept=".csv,text/csv"
        onFile={(file) => void readFile(file).then((content) => setGiven({ file, content }))}
      />
      {given === undefined ? null : <FileDialog given={given} onClose={() => setGiven(undefined)} />}
      <BroughtList />
    </>
  )
}

function BroughtList() {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { list, rows } = usePayouts(BROUGHT)
  const shopNames = new Map(shops.map(({ id, name }) => [id, name]))
  return (
    <ReadState
      data={list.data && rows}
      failed={failedOf(list.error)}
      failedTitle={words.payouts.failed_title}
      onRetry={() => void list.refetch()}
    >
      {(brought) =>
        brought.length === 0 ? (
          <Notice
            icon={IconFileImport}
            title={words.statement_file.empty_title}
            text={words.statement_file.empty_text}
          />
        ) : (
          <>
            <PlainTable
              caption={words.imports.statements}
              columns={[
                { name: words.statement_file.number },
                { name: words.imports.shop },
                { name: words.payout_column.method },
                { name: words.statement_file.closing },
                { name: words.statement_file.pay },
                { name: words.imports.state },
                { name: words.payout_column.lines, end: true },
                { name: words.payout.transfer, end: true },
              ]}
              rows={brought.map((row) => ({
                key: row.id,
                cells: [
                  <Link key="number" to="/payouts/$id" params={{ id: row.id }}>
                    {row.statementNumber}
                  </Link>,
                  shopNames.get(row.shopId) ?? '–',
                  label(language, 'method', row.method),
                  formatDay(row.closingOn, language),
                  formatDay(row.paidOn ?? row.payOn, language),
                  <PayoutStateBadge key="state" row={row} language={language} />,
                  formatCount(row.lines),
                  formatYen(row.transferYen),
                ],
              }))}
            />
            <MoreButton
              more={list.hasNextPage}
              isBusy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            >
              {words.shipments.more}
            </MoreButton>
          </>
        )
      }
    </ReadState>
  )
}
