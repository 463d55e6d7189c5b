/** What a place says when it has nothing to show: nothing yet, no match, all done, or an error. */
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './feedback.module.css'

type NoticeProps = {
  readonly icon: TablerIcon
  readonly title: string
  readonly text?: string
  readonly urgent?: boolean
  readonly code?: string | null
  readonly children?: ReactNode
}

export function Notice({ icon: Icon, title, text, urgent = false, code, children }: NoticeProps) {
  return (
    <div className={styles.center} role={urgent ? 'alert' : 'status'}>
      <Icon size={32} stroke={1.4} aria-hidden="true" className={urgent ? styles.urgent : styles.icon} />
      <p className={styles.title}>{title}</p>
      {text ? <p className={styles.text}>{text}</p> : null}
      {children ? <div className={styles.actions}>{children}</div> : null}
      {code ? <p className={`${styles.code} mono`}>{code}</p> : null}
    </div>
  )
}
