import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { label, messageKindLabel } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Section } from '../../../ui/facts/section.tsx'
import { formatInstant } from '../../../ui/time/format-time.ts'
import styles from './detail.module.css'

export function Messages({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords()
  const language = useLanguage()
  if (detail.messages.length === 0) return null
  return (
    <div className="no-print">
      <Section title={words.detail.messages}>
        <p className="soft" style={{ margin: '0 0 6px', fontSize: '0.8125rem' }}>
          {words.detail.message_masked}
        </p>
        {detail.messages.map((message) => (
          <details key={message.id} className={styles.message}>
            <summary>
              <span className="soft">{formatInstant(message.receivedAt, language)}</span>
              <span>{label(language, 'direction', message.direction)}</span>
              <span>
                {label(language, 'provider', message.provider)} {messageKindLabel(language, message.kind)}
              </span>
              <span className="soft">{label(language, 'message_state', message.state)}</span>
            </summary>
            <pre tabIndex={0}>{message.body}</pre>
          </details>
        ))}
      </Section>
    </div>
  )
}
