/** A secret that is shown this once. */
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'

type OnceDialogProps = {
  readonly title: string
  readonly secret: string
  readonly text: string
  readonly onClose: () => void
}

export function OnceDialog({ title, secret, text, onClose }: OnceDialogProps) {
  const words = useWords()
  const language = useLanguage()
  return (
    <Modal opened onClose={onClose} title={title} size={560} closeButtonProps={{ 'aria-label': words.app.close }}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{text}</p>
        <div style={{ overflowWrap: 'anywhere' }}>
          <Copyable value={secret} language={language} />
        </div>
        <Alert color="amber" variant="light" icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
          {words.developer.once}
        </Alert>
        <Group justify="flex-end">
          <Button onClick={onClose}>{words.developer.noted}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
