/** Says what will happen and does it on a second press. */
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { useWords } from '../../i18n/language.ts'
import { useChange, useFailure } from './use-people.ts'

export type Asked = {
  readonly title: string
  readonly text: string
  readonly doIt: string
  readonly run: () => Promise<unknown>
}

export function AskDialog({ title, text, doIt, run, onClose }: Asked & { readonly onClose: () => void }) {
  const words = useWords()
  const doing = useChange(async () => {
    await run()
    onClose()
  })
  const failure = useFailure(doing.error)
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
          <Button color="vermilion" loading={doing.isPending} onClick={() => doing.mutate(undefined)}>
            {doIt}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
