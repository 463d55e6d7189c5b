/** From the order to the money: what is done, where it stands, and when the rest is expected. */
import { VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { MoneyStep } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { formatDay } from '../time/format-time.ts'
import styles from './money-path.module.css'

const ENDS: readonly MoneyStep['kind'][] = ['cancelled', 'refunded', 'expired', 'failed']

export function MoneyPath({ steps, language }: { readonly steps: readonly MoneyStep[]; readonly language: Language }) {
  return (
    <ol className={styles.path} tabIndex={0} aria-label={label(language, 'detail', 'money_path')}>
      {steps.map((step) => (
        <li
          key={step.kind}
          className={`${styles.step} ${styles[step.state] ?? ''} ${ENDS.includes(step.kind) ? styles.ended : ''}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <span className={styles.dot} aria-hidden="true">
            {step.state === 'done' ? <IconCheck size={9} stroke={4} /> : null}
          </span>
          {label(language, 'money_step', step.kind)}
          <VisuallyHidden> {label(language, 'step_state', step.state)}</VisuallyHidden>
          {step.on === null ? null : (
            <time className={styles.on} dateTime={step.on}>
              {step.state === 'done'
                ? formatDay(step.on, language)
                : fill(label(language, 'detail', 'expected'), { date: shortDay(step.on, language) })}
            </time>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Month and day: the steps stand side by side and the year is that of their neighbours. */
function shortDay(day: string, language: Language): string {
  return formatDay(day, language).slice(5)
}
