import { type ReactNode, useId } from 'react'
import styles from './facts.module.css'

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 className={styles.sectionTitle} id={id}>
        {title}
      </h2>
      {children}
    </section>
  )
}

/** Name and value pairs; a value that is not there takes its name with it. */
export function Facts({ facts }: { readonly facts: ReadonlyArray<readonly [string, ReactNode]> }) {
  const present = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (present.length === 0) return null
  return (
    <dl className={styles.facts}>
      {present.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
