/** What happened, newest first, with who did it and when. */
import type { ReactNode } from 'react'
import styles from './timeline.module.css'

export type TimelineEntry = {
  readonly key: string
  readonly text: string
  readonly at: string
  readonly actor: string
  readonly tone: 'plain' | 'urgent' | 'done' | 'pending'
  readonly more?: ReactNode
}

export function Timeline({
  entries,
  formatAt,
}: {
  readonly entries: readonly TimelineEntry[]
  readonly formatAt: (instant: string) => string
}) {
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.key} className={`${styles.item} ${styles[entry.tone] ?? ''}`}>
          {entry.text}
          {entry.more ? <div className={styles.more}>{entry.more}</div> : null}
          <div className={styles.meta}>
            <time dateTime={entry.at}>{formatAt(entry.at)}</time>
            <span>{entry.actor}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}
