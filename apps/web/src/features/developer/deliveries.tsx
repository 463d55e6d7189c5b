/** What was sent to one address, newest first; a failed one is sent again, or all of them. */
import { Button, Modal, SegmentedControl, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DELIVERY_STATES, type DeliveryRow, type WebhookRow, webhooks } from '@choba/shared/contracts/webhooks.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { usePages } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { MoreButton } from '../../ui/table/more-button.tsx'
import styles from './developer.module.css'
import { say, useDeed } from './use-developer.ts'

type Shown = (typeof DELIVERY_STATES)[number] | 'all'

export function Deliveries({ webhook }: { readonly webhook: WebhookRow }) {
  const words = useWords()
  const [state, setState] = useState<Shown>('all')
  const [read, setRead] = useState<DeliveryRow | null>(null)
  const query = { webhook: webhook.id, ...(state !== 'all' && { state }) }
  const { list, rows, more, reachEnd } = usePages<DeliveryRow>(webhooks.deliveries, query, isWaiting)
  const replaying = useDeed(
    [webhooks.list.path, webhooks.deliveries.path],
    (body: { ids: string[] } | { failedOf: string }) => call(webhooks.replay, { body }),
    ({ replayed }) => say(fill(words.developer.replayed, { count: formatCount(replayed) })),
  )
  return (
    <div style={{ marginTop: 12 }}>
      <div className={styles.actions} style={{ marginBottom: 8 }}>
        <SegmentedControl
          size="xs"
          aria-label={words.developer.deliveries}
          value={state}
          onChange={(next) => setState(next as Shown)}
          data={[
            { value: 'all', label: words.developer.deliveries_all },
            ...DELIVERY_STATES.map((value) => ({ value, label: words.delivery_state[value] })),
          ]}
        />
        {webhook.counts.failed > 0 ? (
          <Button
            size="xs"
            variant="default"
            loading={replaying.isPending}
            onClick={() => replaying.mutate({ failedOf: webhook.id })}
          >
            {words.developer.replay_failed}
          </Button>
        ) : null}
      </div>
      {list.isPending ? <Skeleton height={120} role="status" aria-label={words.app.loading} /> : null}
      {list.isSuccess && rows.length === 0 ? <p className="soft">{words.developer.deliveries_none}</p> : null}
      {rows.length === 0 ? null : (
        <DeliveryTable rows={rows} onRead={setRead} onReplay={({ id }) => replaying.mutate({ ids: [id] })} />
      )}
      <MoreButton more={more} isBusy={list.isFetchingNextPage} onMore={reachEnd}>
        {words.developer.more}
      </MoreButton>
      {read === null ? null : <DeliveryDialog row={read} onClose={() => setRead(null)} />}
    </div>
  )
}

function isWaiting(row: DeliveryRow): boolean {
  return row.state === 'pending'
}

type DeliveryTableProps = {
  readonly rows: readonly DeliveryRow[]
  readonly onRead: (row: DeliveryRow) => void
  readonly onReplay: (row: DeliveryRow) => void
}

function DeliveryTable({ rows, onRead, onReplay }: DeliveryTableProps) {
  const { developer: words, delivery_state: states } = useWords()
  const language = useLanguage()
  return (
    <PlainTable
      caption={words.deliveries}
      columns={[
        { name: words.delivery_at },
        { name: words.delivery_event },
        { name: words.delivery_outcome },
        { name: words.delivery_answer },
        { name: words.delivery_attempts, end: true },
        { name: words.delivery_actions },
      ]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          formatInstant(row.createdAt, language),
          label(language, 'webhook_event', row.type),
          row.nextAt !== null && row.attempts > 0
            ? fill(words.delivery_next, { at: formatInstant(row.nextAt, language) })
            : states[row.state],
          <span key="answer" className="mono">
            {row.lastStatus ?? row.lastError ?? '–'}
          </span>,
          formatCount(row.attempts),
          <span key="actions" className={styles.actions}>
            <Button size="compact-xs" variant="default" onClick={() => onRead(row)}>
              {words.delivery_read}
            </Button>
            {row.state === 'pending' ? null : (
              <Button size="compact-xs" variant="default" onClick={() => onReplay(row)}>
                {words.replay}
              </Button>
            )}
          </span>,
        ],
      }))}
    />
  )
}

function DeliveryDialog({ row, onClose }: { readonly row: DeliveryRow; readonly onClose: () => void }) {
  const words = useWords()
  const detail = useQuery(q(webhooks.delivery, { id: row.id })).data
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={fill(words.developer.delivery_of, { id: row.id })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      {detail === undefined ? (
        <Skeleton height={160} role="status" aria-label={words.app.loading} />
      ) : (
        <>
          <h3 style={{ margin: '0 0 4px', fontSize: '0.875rem' }}>{words.developer.delivery_sent}</h3>
          <pre className={styles.json}>{JSON.stringify(JSON.parse(detail.payload), null, 2)}</pre>
          <h3 style={{ margin: '12px 0 4px', fontSize: '0.875rem' }}>{words.developer.delivery_answer}</h3>
          <pre className={styles.json}>{detail.answered ?? '–'}</pre>
        </>
      )}
    </Modal>
  )
}
