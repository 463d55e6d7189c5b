/** What was said to me or given to me and what happened, newest first; opening one has read it. */
import { Button, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { inbox, type InboxItem } from '@choba/shared/contracts/notes.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { notificationKind } from '@choba/shared/notification-kinds.ts'
import { notificationAbout } from '@choba/shared/notification-words.ts'
import { failedOf } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { q } from '../api/q.ts'
import { useMay } from '../api/session.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { Failure } from '../ui/feedback/failure.tsx'
import { ReadState } from '../ui/feedback/read-state.tsx'
import { formatCount, formatYen } from '../ui/money/format-yen.ts'
import { formatInstant } from '../ui/time/format-time.ts'
import styles from './inbox-list.module.css'

export function InboxList({ onLeave }: { readonly onLeave: () => void }) {
  const words = useWords().inbox
  const maySeePayments = useMay('sales.read')
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
      {maySeePayments ? (
        <Link to="/payments" search={{ mine: ['assigned', 'mentioned'] }} className={styles.foot} onClick={onLeave}>
          {words.ledger}
        </Link>
      ) : null}
    </div>
  )
}

type ItemProps<Kind extends InboxItem['kind'] = InboxItem['kind']> = {
  readonly item: Extract<InboxItem, { kind: Kind }>
  readonly onOpen: () => void
}

function Item({ item, onOpen }: ItemProps) {
  return item.kind === 'happened' ? <Happened item={item} onOpen={onOpen} /> : <Said item={item} onOpen={onOpen} />
}

function Said({ item, onOpen }: ItemProps<'mentioned' | 'assigned'>) {
  const words = useWords().inbox
  return (
    <Link
      to="/payments/$id"
      params={{ id: item.paymentId }}
      className={`${styles.item} ${item.readAt === null ? styles.unread : ''}`}
      onClick={onOpen}
    >
      <Headline isUnread={item.readAt === null}>{fill(words[item.kind], { name: item.by.name })}</Headline>
      {item.kind === 'mentioned' ? <span className={styles.body}>{item.body}</span> : null}
      <Meta at={item.at}>
        <span className="mono">{item.orderNumber}</span>
      </Meta>
    </Link>
  )
}

/** One leads to its payment; more, and what is somebody's task elsewhere, to where they stand. */
function Happened({ item, onOpen }: ItemProps<'happened'>) {
  const words = useWords()
  const language = useLanguage()
  const { what, count, paymentId, orderNumber, about, amountYen } = item
  const isOne = count === 1
  const kind = notificationKind(what)
  const isOfPayment = isOne && paymentId !== null && kind.permission === 'sales.read'
  const place = isOfPayment ? `/payments/${paymentId}` : kind.place
  return (
    <Link to={place} className={`${styles.item} ${item.readAt === null ? styles.unread : ''}`} onClick={onOpen}>
      <Headline isUnread={item.readAt === null}>{words.notification_kind[what]}</Headline>
      {about === null || !isOne ? null : (
        <span className={styles.body}>{notificationAbout(language, what, about)}</span>
      )}
      <Meta at={item.at}>
        {isOne ? (
          <span>
            {orderNumber === null ? null : <span className="mono">{orderNumber} </span>}
            {amountYen === null ? null : fill(words.notifications.yen, { amount: formatYen(amountYen) })}
          </span>
        ) : (
          <span>{fill(words.notifications.many, { count: formatCount(count) })}</span>
        )}
      </Meta>
    </Link>
  )
}

function Headline({ isUnread, children }: { readonly isUnread: boolean; readonly children: string }) {
  const words = useWords().inbox
  return (
    <span>
      {isUnread ? <VisuallyHidden>{words.is_unread} </VisuallyHidden> : null}
      {children}
    </span>
  )
}

function Meta({ at, children }: { readonly at: string; readonly children: ReactNode }) {
  const language = useLanguage()
  return (
    <span className={styles.meta}>
      {children}
      <time dateTime={at}>{formatInstant(at, language)}</time>
    </span>
  )
}
