import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { VIEW_NAME_LENGTH } from '@choba/shared/contracts/views.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../feedback/dialog-end.tsx'
import type { Shown, ViewActions } from './view-actions.ts'

type SaveViewProps = {
  readonly shown: Shown
  readonly mayShare: boolean
  readonly actions: ViewActions
  readonly onClose: () => void
}

export function SaveView({ shown, mayShare, actions, onClose }: SaveViewProps) {
  const { app, views: words } = useWords()
  // Made with the form: sent twice it is one view.
  const [id] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  async function save(): Promise<void> {
    await actions.keep({ id, name, isShared, ...shown })
    notifications.show({ message: words.saved })
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={words.save} closeButtonProps={{ 'aria-label': app.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') save().catch(() => undefined) // the end of the dialog says what went wrong
        }}
      >
        <Stack gap="md">
          <p className="soft" style={{ margin: 0 }}>
            {words.keeps}
          </p>
          <TextInput
            label={words.name}
            value={name}
            required
            maxLength={VIEW_NAME_LENGTH}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox
            label={words.share}
            checked={isShared}
            disabled={!mayShare}
            description={mayShare ? undefined : words.may_not_share}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <DialogEnd failed={actions.failed} submit={words.keep} isBusy={actions.isBusy} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
