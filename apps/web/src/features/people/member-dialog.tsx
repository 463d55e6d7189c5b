/** Another role, other shops. */
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { type Member, type MemberPlace, members } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { isWhole, PlaceFields } from './place-fields.tsx'
import { type Roles, useChange, useFailure } from './use-people.ts'

type MemberDialogProps = { readonly member: Member; readonly roles: Roles; readonly onClose: () => void }

export function MemberDialog({ member, roles, onClose }: MemberDialogProps) {
  const words = useWords()
  const { userId, name, role, customRoleId, shopIds } = member
  const [place, setPlace] = useState<MemberPlace>({ role, customRoleId, shopIds })
  const saving = useChange(async () => {
    await call(members.change, { userId, body: place })
    onClose()
  })
  const failure = useFailure(saving.error)
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
          {failure === null ? null : (
            <Alert color="vermilion" variant="light" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.app.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {words.people.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
