/** Another role, other shops. */
import { Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { type Member, type MemberPlace, members } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { isWhole, PlaceFields } from './place-fields.tsx'
import { type Roles, useChange } from './use-people.ts'

type MemberDialogProps = { readonly member: Member; readonly roles: Roles; readonly onClose: () => void }

export function MemberDialog({ member, roles, onClose }: MemberDialogProps) {
  const words = useWords()
  const { userId, name, role, customRoleId, shopIds } = member
  const [place, setPlace] = useState<MemberPlace>({ role, customRoleId, shopIds })
  const saving = useChange(async () => {
    await call(members.change, { userId, body: place })
    onClose()
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={fill(words.people.change_of, { name })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isWhole(place)) saving.mutate(undefined)
        }}
      >
        <Stack gap="md">
          <PlaceFields value={place} onChange={setPlace} roles={roles} />
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={words.people.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
