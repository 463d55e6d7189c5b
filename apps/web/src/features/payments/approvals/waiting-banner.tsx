/** On a payment whose order waits: by whom, how long, and what this person may do about it. */
import { Alert, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { safety } from '@choba/shared/contracts/safety.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { q } from '../../../api/q.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { separatorIn } from '../../../i18n/separator.ts'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { formatInstant } from '../../../ui/time/format-time.ts'
import { SecondsLeft, WaitingActions } from './waiting-actions.tsx'

export function WaitingBanner({ paymentId }: { readonly paymentId: string }) {
  const { approvals: words } = useWords()
  const language = useLanguage()
  const { data } = useQuery(q(safety.waiting, { query: { payment: paymentId } }))
  const [row] = data?.items ?? []
  if (row === undefined) return null
  const told = row.state === 'held' ? words.waits_held : words.waits_requested
  const facts = [row.requestedByName, formatInstant(row.requestedAt, language), row.reason]
  return (
    <Alert color="indigo" variant="light" mt="sm" role="status">
      <Stack gap={8}>
        <span>
          {fill(told, { action: label(language, 'action', row.kind), amount: formatYen(row.givesUpYen) })}{' '}
          {row.sentAt === null ? null : <SecondsLeft sentAt={row.sentAt} />}
        </span>
        <span className="soft">{facts.filter((fact) => fact !== null).join(separatorIn(language))}</span>
        <WaitingActions row={row} />
      </Stack>
    </Alert>
  )
}
