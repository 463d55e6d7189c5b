import { Button, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { mail, type MailRow } from '@choba/shared/contracts/mail.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError, failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { usePages } from '../../api/pages.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'

export function MailLog() {
  const { app, mail: words, mail_state: states } = useWords()
  const language = useLanguage()
  const { list, rows, more, reachEnd } = usePages<MailRow>(mail.log, {})
  if (list.isPending) return <Skeleton height={80} role="status" aria-label={app.loading} />
  if (list.error !== null) return <Failure failed={failedOf(list.error)} />
  if (rows.length === 0) return <p className="soft">{words.log_none}</p>
  return (
    <>
      <PlainTable
        caption={words.log}
        columns={[
          { name: words.queued_at },
          { name: words.to },
          { name: words.subject },
          { name: words.state },
          { name: words.attempts, end: true },
          { name: words.said },
          { name: words.actions },
        ]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: [
            formatInstant(row.queuedAt, language),
            row.to,
            row.subject,
            states[row.state],
            formatCount(row.attempts),
            row.said ?? '–',
            row.state === 'failed' ? <Again key="again" row={row} /> : null,
          ],
        }))}
      />
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {words.more}
      </MoreButton>
    </>
  )
}

function Again({ row }: { readonly row: MailRow }) {
  const { mail: words } = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const sending = useMutation({
    mutationFn: () => call(mail.resend, { id: row.id }),
    onError: (error) =>
      notifications.show({ color: 'vermilion', message: label(language, 'error', asApiError(error).code) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [mail.log.path] }),
  })
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={sending.isPending}
      aria-label={fill(words.again_of, { to: row.to, subject: row.subject })}
      onClick={() => sending.mutate()}
    >
      {words.again}
    </Button>
  )
}
