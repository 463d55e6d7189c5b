/** What NP said before, the latest first. */
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { SCREENING_TONE, SCREENING_WIRE_CODE } from '@choba/shared/states/screening.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Section } from '../../ui/facts/section.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './rescue.module.css'

export function AttemptList({ attempts }: { readonly attempts: RescueSheet['attempts'] }) {
  const words = useWords()
  const language = useLanguage()
  if (attempts.length === 0) return null
  return (
    <Section title={words.rescue.attempts}>
      <ol className={styles.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.attempt}>
            <span className="soft">{fill(words.rescue.attempt, { number: attempt.attempt })}</span>
            <ToneBadge tone={SCREENING_TONE[attempt.result]} word={words.screening_result[attempt.result]} />
            <span className="soft mono">{SCREENING_WIRE_CODE[attempt.result] ?? ''}</span>
            <span className="soft num">{formatInstant(attempt.decidedAt, language)}</span>
            <span className={styles.attemptReasons}>
              {attempt.reasons.map((code) => label(language, 'reason', code)).join(separatorIn(language))}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
