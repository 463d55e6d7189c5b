/** The month's trial balance: each account before, in and after the month; the receivable by who owes it. */
import { ActionIcon, Group, Skeleton, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Account } from '@choba/shared/accounts.ts'
import { journal } from '@choba/shared/contracts/journal.ts'
import { addMonths, businessDate, endOfMonth } from '@choba/shared/dates.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import type { JournalSearch } from './journal-search.ts'
import styles from './journal.module.css'

type Balance = {
  readonly openingYen: number
  readonly debitYen: number
  readonly creditYen: number
  readonly closingYen: number
}

export function TrialBalance({ search }: { readonly search: JournalSearch }) {
  const words = useWords()
  const language = useLanguage()
  const navigate = useNavigate({ from: '/journal' })
  const { today } = useSession()
  const month = search.month ?? today.slice(0, 7)
  const balance = useQuery({ ...q(journal.trialBalance, { query: { month } }), placeholderData: keepPreviousData })
  useRefresh([journal.trialBalance.path])

  function go(to: string): void {
    if (/^20\d\d-(0[1-9]|1[0-2])$/.test(to)) void navigate({ search: { view: 'balance', month: to }, replace: true })
  }
  const beside = (by: number) => addMonths(businessDate(`${month}-01`), by).slice(0, 7)
  const amounts = [words.journal.opening, words.journal.debit, words.journal.credit, words.journal.closing].map(
    (name) => ({ name, end: true }),
  )

  function body() {
    if (balance.isPending) return <Skeleton height={320} role="status" aria-label={words.app.loading} />
    if (balance.isError) {
      const { code, requestId } = asApiError(balance.error)
      return (
        <ErrorNotice
          title={words.journal.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void balance.refetch()}
        />
      )
    }
    const { accounts, receivables } = balance.data
    const sum = sumOf(accounts)
    return (
      <>
        <PlainTable
          caption={words.journal.balance}
          columns={[{ name: words.journal.account }, ...amounts]}
          rows={accounts.map((row) => ({
            key: row.account,
            cells: [<AccountLink key="account" account={row.account} month={month} />, ...cellsOf(row)],
          }))}
          foot={[words.journal.sum, ...cellsOf(sum)]}
        />
        <p className="soft" role="status">
          {sum.closingYen === 0 && sum.debitYen === sum.creditYen ? words.journal.balanced : null}{' '}
          {words.journal.credit_hint}
        </p>
        {receivables.length === 0 ? null : (
          <>
            <h2 className={styles.section}>{words.journal.receivables}</h2>
            <PlainTable
              caption={words.journal.receivables}
              columns={[{ name: words.journal.provider }, { name: words.journal_column.method }, ...amounts]}
              rows={receivables.map((row) => ({
                key: `${row.provider} ${row.method}`,
                cells: [
                  label(language, 'provider', row.provider),
                  label(language, 'method', row.method),
                  ...cellsOf(row),
                ],
              }))}
            />
          </>
        )}
      </>
    )
  }

  return (
    <div className={styles.balance}>
      <Group gap="xs" mb="md">
        <ActionIcon variant="default" aria-label={words.journal.previous} onClick={() => go(beside(-1))}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <TextInput
          type="month"
          size="xs"
          aria-label={words.journal.month}
          value={month}
          onChange={(event) => go(event.currentTarget.value)}
        />
        <ActionIcon variant="default" aria-label={words.journal.next} onClick={() => go(beside(1))}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
      {body()}
    </div>
  )
}

function AccountLink({ account, month }: { readonly account: Account; readonly month: string }) {
  const words = useWords()
  const from = businessDate(`${month}-01`)
  return (
    <Link
      to="/journal"
      search={{ account: [account], from, to: endOfMonth(from) }}
      className="link-button"
      aria-label={fill(words.journal.to_lines, { account: words.account[account] })}
    >
      {words.account[account]}
    </Link>
  )
}

function cellsOf({ openingYen, debitYen, creditYen, closingYen }: Balance): string[] {
  return [signed(openingYen), formatYen(debitYen), formatYen(creditYen), signed(closingYen)]
}

/** As an accountant writes a credit balance. */
function signed(amountYen: number): string {
  return amountYen < 0 ? `△${formatYen(-amountYen)}` : formatYen(amountYen)
}

function sumOf(rows: readonly Balance[]): Balance {
  const sum = (of: (row: Balance) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    openingYen: sum((row) => row.openingYen),
    debitYen: sum((row) => row.debitYen),
    creditYen: sum((row) => row.creditYen),
    closingYen: sum((row) => row.closingYen),
  }
}
