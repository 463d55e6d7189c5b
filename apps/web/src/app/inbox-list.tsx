/** What was said to me or given to me, newest first; opening one has read it. */
import { Button, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inbox, type InboxItem } from '@choba/shared/contracts/notes.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { q } from '../api/q.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { Failure } from '../ui/feedback/failure.tsx'
import { ReadState } from '../ui/feedback/read-state.tsx'
import { formatInstant } from '../ui/time/format-time.ts'
import styles from './inbox-list.module.css'

export function InboxList({ onLeave }: { readonly onLeave: () => void }) {
  const words = useWords().inbox
  const queryClient = useQueryClient()
  const query = q(inbox.get, {})
  const answer = useQuery(query)
  const read = useMutation({
    mutationFn: (ids: string[] | null) => call(inbox.read, { body: { ids } }),
    onSuccess: (view) => queryClient.setQueryData(query.queryKey, view),
  })
  return (
    <div className={styles.inbox}>
      <div className={styles.head}>
        <strong>{words.title}</strong>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={(answer.data?.unread ?? 0) === 0}
          loading={read.isPending}
          onClick={() => read.mutate(null)}
        >
          {words.read_all}
        </Button>
      </div>
      <Failure failed={failedOf(read.error)} />
      <ReadState
        data={answer.data}
        failed={failedOf(answer.error)}
        failedTitle={words.failed}
        onRetry={() => void answer.refetch()}
      >
        {({ items }) =>
          items.length === 0 ? (
            <p className={`${styles.none} soft`}>{words.none}</p>
          ) : (
            <ul className={styles.items}>
              {items.map((item) => (
                <li key={item.id}>
                  <Item
                    item={item}
                    onOpen={() => {
                      if (item.readAt === null) read.mutate([item.id])
                      onLeave()
                    }}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </ReadState>
      <Link to="/payments" search={{ mine: ['assigned', 'mentioned'] }} className={styles.foot} onClick={onLeave}>
        {words.ledger}
      </Link>
    </div>
  )
}

function Item({ item, onOpen }: { readonly item: InboxItem; readonly onOpen: () => void }) {
  const words = useWords().inbox
  const language = useLanguage()
  return (
    <Link
      to="/payments/$id"
      params={{ id: item.paymentId }}
      className={`${styles.item} ${item.readAt === null ? styles.unread : ''}`}
      onClick={onOpen}
    >
      <span>
        {item.readAt === null ? <VisuallyHidden>{words.is_unread} </VisuallyHidden> : null}
        {fill(words[item.kind], { name: item.by.name })}
      </span>
      {item.body === null ? null : <span className={styles.body}>{item.body}</span>}
      <span className={styles.meta}>
        <span className="mono">{item.orderNumber}</span>
        <time dateTime={item.at}>{formatInstant(item.at, language)}</time>
      </span>
    </Link>
  )
}
