/** Says what will happen and does it on a second press. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useWords } from '../../i18n/language.ts'
import { type Failed, Failure } from './failure.tsx'

/** What is asked, in words. */
export type Doubt = { readonly title: string; readonly text: string; readonly doIt: string }
type ConfirmDialogProps = Doubt & {
  readonly isBusy: boolean
  readonly failed: Failed | null
  readonly onDo: () => void
  readonly onClose: () => void
}

export function ConfirmDialog({ title, text, doIt, isBusy, failed, onDo, onClose }: ConfirmDialogProps) {
  const words = useWords()
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': words.app.close }}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{text}</p>
        <Failure failed={failed} />
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
