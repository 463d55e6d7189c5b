/** How a form in a dialog ends: what went wrong with it, the way out, and the deed. */
import { Button, Group } from '@mantine/core'
import { useWords } from '../../i18n/language.ts'
import { type Failed, Failure } from './failure.tsx'

type DialogEndProps = {
  readonly failed: Failed | null
  readonly submit: string
  readonly isBusy: boolean
  /** What cannot be taken back. */
  readonly isGrave?: boolean
  readonly onClose: () => void
}

export function DialogEnd({ failed, submit, isBusy, isGrave = false, onClose }: DialogEndProps) {
  const words = useWords()
  return (
    <>
      <Failure failed={failed} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {words.app.cancel}
        </Button>
        <Button type="submit" loading={isBusy} {...(isGrave && { color: 'vermilion' })}>
          {submit}
        </Button>
      </Group>
    </>
  )
}
