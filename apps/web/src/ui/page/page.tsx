/** A page of settings and the like: its title, what it is about, what can be begun, and what it holds. */
import type { ReactNode } from 'react'
import styles from './page.module.css'

type PageProps = {
  readonly title: string
  readonly lead?: string
  readonly action?: ReactNode
  /** In pixels; a form reads better when it is not as wide as a table. */
  readonly maxWidth?: number
  readonly children: ReactNode
}

export function Page({ title, lead, action, maxWidth, children }: PageProps) {
  return (
    <div className={styles.page} {...(maxWidth !== undefined && { style: { maxWidth } })}>
      <div className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {action}
      </div>
      {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
      {children}
    </div>
  )
}
