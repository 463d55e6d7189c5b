/** One message as the provider wrote it, or as it was written to, masked. */
import { Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { providerMessages } from '@choba/shared/contracts/provider-messages.ts'
import { label, messageKindLabel } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './messages.module.css'

export function MessageDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { app, messages: words } = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(q(providerMessages.get, { id }))
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={data === undefined ? words.read : messageKindLabel(language, data.kind)}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <ReadState data={data} failed={failedOf(error)} failedTitle={words.failed_title} onRetry={() => void refetch()}>
        {(message) => (
          <Stack gap="md">
            <Facts
              facts={[
                [words.provider, label(language, 'provider', message.provider)],
                [words.direction, label(language, 'direction', message.direction)],
                [words.state, label(language, 'message_state', message.state)],
                [words.reason, message.reason === null ? null : label(language, 'message_reason', message.reason)],
                [words.provider_id, message.providerId],
                [words.received_at, formatInstant(message.receivedAt, language)],
                [words.said_at, formatInstant(message.saidAt, language)],
                [words.applied_at, message.appliedAt === null ? null : formatInstant(message.appliedAt, language)],
              ]}
            />
            <p className="soft" style={{ margin: 0 }}>
              {words.masked}
            </p>
            <pre className={styles.text} tabIndex={0}>
              {message.text}
            </pre>
          </Stack>
        )}
      </ReadState>
    </Modal>
  )
}
