/** One address: how it goes, and its deliveries on request. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { type WebhookRow, webhooks } from '@choba/shared/contracts/webhooks.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { Deliveries } from './deliveries.tsx'
import styles from './developer.module.css'
import { say, useDeed } from './use-developer.ts'

type WebhookCardProps = {
  readonly row: WebhookRow
  readonly onEdit: () => void
  readonly onRotate: () => void
  readonly onRemove: () => void
}

export function WebhookCard({ row, onEdit, onRotate, onRemove }: WebhookCardProps) {
  const { developer: words, delivery_state: states } = useWords()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const pinging = useDeed(
    [webhooks.list.path, webhooks.deliveries.path],
    () => call(webhooks.ping, { id: row.id, body: { id: crypto.randomUUID() } }),
    () => {
      setOpen(true)
      say(words.hook_pinged)
    },
  )
  const { pending, delivered, failed } = row.counts
  const buttons = [
    [words.change, words.hook_change_of, onEdit],
    [words.hook_rotate, words.hook_rotate_of, onRotate],
    [words.hook_remove, words.hook_remove_of, onRemove],
  ] as const
  return (
    <section className={styles.card} aria-label={row.name}>
      <div className={styles.cardHead}>
        <span className={styles.name}>{row.name}</span>
        <ToneBadge
          tone={row.isActive ? (failed > 0 ? 'needs_you' : 'done') : 'ended'}
          word={row.isActive ? (failed > 0 ? words.hook_failing : words.hook_on) : words.hook_off}
        />
      </div>
      <Facts
        facts={[
          [
            'URL',
            <span key="url" className={`mono ${styles.address}`}>
              {row.url}
            </span>,
          ],
          [
            words.hook_events,
            row.events.length === 0
              ? words.hook_all_events
              : row.events.map((event) => label(language, 'webhook_event', event)).join(separatorIn(language)),
          ],
          [
            words.deliveries,
            `${states.delivered} ${formatCount(delivered)}・${states.pending} ${formatCount(pending)}・${states.failed} ${formatCount(failed)}`,
          ],
          [words.hook_last, row.lastDeliveredAt === null ? words.never : formatInstant(row.lastDeliveredAt, language)],
        ]}
      />
      <div className={styles.actions} style={{ marginTop: 10 }}>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.deliveries_hide : words.deliveries_show}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          loading={pinging.isPending}
          disabled={!row.isActive}
          onClick={() => pinging.mutate(undefined)}
        >
          {words.hook_ping}
        </Button>
        {buttons.map(([word, of, act]) => (
          <Button
            key={word}
            size="compact-xs"
            variant="default"
            aria-label={fill(of, { name: row.name })}
            onClick={act}
          >
            {word}
          </Button>
        ))}
      </div>
      {isOpen ? <Deliveries webhook={row} /> : null}
    </section>
  )
}
