/** Notices of providers by state; those that wait say why, and an admin can have them applied again. */
import { Button, Group, SegmentedControl, Skeleton, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCircleCheck, IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { work } from '@choba/shared/contracts/connections.ts'
import {
  MESSAGE_STATES,
  type MessageState,
  type ProviderMessageRow,
  providerMessages,
} from '@choba/shared/contracts/provider-messages.ts'
import { fill, label, messageKindLabel } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import { MessageDialog } from './message-dialog.tsx'
import { MessageFilters, type MessagesSearch } from './message-filters.tsx'
import styles from './messages.module.css'

const SHOWN_STATES = ['waiting', 'received', 'applied', 'ignored'] as const satisfies readonly MessageState[]

export function MessagesPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/messages' })
  const { state = 'waiting' } = search
  const [read, setRead] = useState<string | null>(null)
  const navigate = useNavigate({ from: '/messages' })
  const list = useMessages({ ...search, state })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []

  function body() {
    if (list.isPending) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    if (list.isError) {
      const { code, requestId } = asApiError(list.error)
      return (
        <ErrorNotice
          title={words.messages.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void list.refetch()}
        />
      )
    }
    if (rows.length === 0) {
      return state === 'waiting' ? (
        <Notice icon={IconCircleCheck} title={words.messages.empty_waiting} />
      ) : (
        <Notice icon={IconInbox} title={words.messages.empty} />
      )
    }
    return <MessageTable rows={rows} onRead={setRead} />
  }

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.messages.title}</h1>
      <p className={styles.lead}>{words.messages.lead}</p>
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label={words.messages.state}
        value={state}
        onChange={(value) => {
          const next = MESSAGE_STATES.find((each) => each === value)
          const { state: _, ...filter } = search
          void navigate({ search: next === undefined || next === 'waiting' ? filter : { ...filter, state: next } })
        }}
        data={SHOWN_STATES.map((value) => ({ value, label: words.message_state[value] }))}
      />
      <MessageFilters search={search} onChange={(next) => void navigate({ search: next })} />
      {body()}
      <MoreButton more={list.hasNextPage} isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        {words.messages.more}
      </MoreButton>
      {read === null ? null : <MessageDialog id={read} onClose={() => setRead(null)} />}
    </div>
  )
}

type MessageTableProps = { readonly rows: readonly ProviderMessageRow[]; readonly onRead: (id: string) => void }

function MessageTable({ rows, onRead }: MessageTableProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <PlainTable
      caption={words.messages.title}
      columns={[
        { name: words.messages.received_at },
        { name: words.messages.provider },
        { name: words.messages.kind },
        { name: words.messages.reason },
        { name: words.messages.payment },
        { name: words.messages.attempts, end: true },
        { name: words.messages.actions, end: true },
      ]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          formatInstant(row.receivedAt, language),
          label(language, 'provider', row.provider),
          <span key="kind">
            {label(language, 'direction', row.direction)} {messageKindLabel(language, row.kind)}
          </span>,
          row.reason === null
            ? label(language, 'message_state', row.state)
            : label(language, 'message_reason', row.reason),
          row.paymentId === null ? (
            <span key="payment" className="soft mono">
              {row.providerId ?? '–'}
            </span>
          ) : (
            <Link key="payment" to="/payments/$id" params={{ id: row.paymentId }} className="link-button">
              {words.messages.open_payment}
            </Link>
          ),
          formatCount(row.attempts),
          <Group key="actions" gap={6} justify="flex-end" wrap="nowrap">
            {row.state === 'waiting' ? <Replay row={row} /> : null}
            <Button
              size="compact-xs"
              variant="default"
              aria-label={fill(words.messages.read_of, { id: row.providerId ?? row.kind })}
              onClick={() => onRead(row.id)}
            >
              {words.messages.read}
            </Button>
          </Group>,
        ],
      }))}
    />
  )
}

function Replay({ row }: { readonly row: ProviderMessageRow }) {
  const { messages } = useWords()
  const language = useLanguage()
  const mayReplay = useMay('messages.replay')
  const queryClient = useQueryClient()
  const name = row.providerId ?? row.kind
  const replay = useMutation({
    mutationFn: () => call(providerMessages.replay, { id: row.id, body: {} }),
    onSuccess: (after) =>
      notifications.show({
        message: fill(after.state === 'waiting' ? messages.replay_still : messages.replayed, { id: name }),
      }),
    onError: (error) =>
      notifications.show({ color: 'vermilion', message: label(language, 'error', asApiError(error).code) }),
    async onSettled() {
      await queryClient.invalidateQueries({ queryKey: [providerMessages.list.path] })
      await queryClient.invalidateQueries({ queryKey: [work.get.path] })
    },
  })
  return (
    <Tooltip label={messages.replay_forbidden} disabled={mayReplay} events={{ hover: true, focus: true, touch: true }}>
      <Button
        size="compact-xs"
        variant="default"
        loading={replay.isPending}
        aria-disabled={!mayReplay}
        {...(mayReplay ? {} : { 'data-disabled': true })}
        onClick={() => mayReplay && replay.mutate()}
      >
        {messages.replay}
      </Button>
    </Tooltip>
  )
}

function useMessages(query: MessagesSearch & { readonly state: MessageState }) {
  return useInfiniteQuery({
    queryKey: [providerMessages.list.path, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(
        providerMessages.list,
        { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
  })
}
