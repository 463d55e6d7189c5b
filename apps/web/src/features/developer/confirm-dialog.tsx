/** Says what will happen and does it on a second press. */
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { useWords } from '../../i18n/language.ts'
import { useFailureText } from './use-developer.ts'

export type Doubt = { readonly title: string; readonly text: string; readonly doIt: string }
type ConfirmDialogProps = Doubt & {
  readonly isBusy: boolean
  readonly error: Error | null
  readonly onDo: () => void
  readonly onClose: () => void
}

export function ConfirmDialog({ title, text, doIt, isBusy, error, onDo, onClose }: ConfirmDialogProps) {
  const words = useWords()
  const failure = useFailureText(error)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': words.app.close }}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{text}</p>
        {failure === null ? null : (
          <Alert color="vermilion" variant="light" role="alert">
            {failure}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button color="vermilion" loading={isBusy} onClick={onDo}>
            {doIt}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
