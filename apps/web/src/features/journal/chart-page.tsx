/** What the merchant's own books call each account, now and from a day to come. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Account, ACCOUNT_NAMES } from '@choba/shared/accounts.ts'
import { type AccountMapping, chart } from '@choba/shared/contracts/chart.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { MappingDialog } from './mapping-dialog.tsx'

export function ChartPage() {
  const words = useWords()
  const query = useQuery(q(chart.list, {}))
  const [account, setAccount] = useState<Account | null>(null)
  return (
    <Page title={words.settings_section.accounts} lead={words.settings_lead.accounts} maxWidth={860}>
      <ReadState
        data={query.data}
        failed={failedOf(query.error)}
        failedTitle={words.chart.failed}
        onRetry={() => void query.refetch()}
      >
        {({ today, mappings }) => (
          <>
            <ChartTable today={today} mappings={mappings} onChange={setAccount} />
            <p className="soft">{words.chart.kept}</p>
            {account === null ? null : (
              <MappingDialog
                account={account}
                today={today}
                now={inForce(mappings, account, today)}
                onClose={() => setAccount(null)}
              />
            )}
          </>
        )}
      </ReadState>
    </Page>
  )
}

type ChartTableProps = {
  readonly today: string
  readonly mappings: readonly AccountMapping[]
  readonly onChange: (account: Account) => void
}

function ChartTable({ today, mappings, onChange }: ChartTableProps) {
  const words = useWords()
  const language = useLanguage()
  const mayChange = useMay('contracts.write')
  return (
    <PlainTable
      caption={words.settings_section.accounts}
      columns={[
        { name: words.chart.account },
        { name: words.chart.code },
        { name: words.chart.name },
        { name: words.chart.sub_account },
        { name: words.chart.tax_name },
        { name: words.chart.valid_from },
        { name: words.settings.change, end: true },
      ]}
      rows={ACCOUNT_NAMES.map((account) => {
        const now = inForce(mappings, account, today)
        const next = mappings.find((each) => each.account === account && each.validFrom > today)
        const word = words.account[account]
        return {
          key: account,
          cells: [
            word,
            now?.code ?? '',
            now === undefined || now.name === '' ? <span className="soft">{word}</span> : now.name,
            now?.subAccount ?? '',
            now?.taxName ?? '',
            <span key="days">
              {now === undefined ? '' : formatDay(now.validFrom, language)}
              {next === undefined ? null : (
                <span className="soft">
                  {' '}
                  {fill(words.chart.next, { day: formatDay(next.validFrom, language), name: next.name || word })}
                </span>
              )}
            </span>,
            <Button
              key="change"
              size="compact-xs"
              variant="default"
              disabled={!mayChange}
              title={mayChange ? undefined : words.chart.not_allowed}
              aria-label={`${word}: ${words.settings.change}`}
              onClick={() => onChange(account)}
            >
              {words.settings.change}
            </Button>,
          ],
        }
      })}
    />
  )
}

/** The mappings of an account come the earliest first. */
function inForce(mappings: readonly AccountMapping[], account: Account, today: string): AccountMapping | undefined {
  return mappings.findLast((each) => each.account === account && each.validFrom <= today)
}
