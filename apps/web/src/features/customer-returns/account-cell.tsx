/** Where a transfer goes: the last digits for everybody, the whole number on demand for those who transfer. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type CustomerReturnRow, customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './returns.module.css'

export function AccountCell({ row }: { readonly row: CustomerReturnRow }) {
  const { customer_returns: words } = useWords()
  const language = useLanguage()
  const mayTransfer = useMay('returns.transfer')
  const reveal = useMutation({ mutationFn: () => call(customerReturns.account, { id: row.id }) })
  if (row.accountEnding === null) return <span className="soft">–</span>
  return (
    <span className={styles.stack}>
      <span>
        {row.bankName} {row.branchName}
      </span>
      <span>
        {label(language, 'account_kind', row.accountKind ?? '')}{' '}
        <span className="mono">{reveal.data?.accountNumber ?? `•••${row.accountEnding}`}</span> {row.accountHolder}
      </span>
      {row.paidOn === null ? null : (
        <span>{fill(words.paid_line, { day: formatDay(row.paidOn, language), reference: row.reference ?? '' })}</span>
      )}
      <span className="soft">
        {fill(words.by, { name: row.requestedBy ?? '–' })}
        {row.endedBy === null ? '' : ` / ${fill(words.ended_by, { name: row.endedBy })}`}
      </span>
      {reveal.isError ? (
        <span role="alert" className={styles.failure}>
          {label(language, 'error', asApiError(reveal.error).code)}
        </span>
      ) : null}
      {mayTransfer && reveal.data === undefined && row.task === 'requested' ? (
        <Button
          size="compact-xs"
          variant="subtle"
          w="max-content"
          px={0}
          title={words.reveal_note}
          loading={reveal.isPending}
          onClick={() => reveal.mutate()}
        >
          {words.reveal}
        </Button>
      ) : null}
    </span>
  )
}
