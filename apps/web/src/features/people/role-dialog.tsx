/** A role of the merchant's own: its name and what it may do. */
import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type CustomRole, members } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { may, type Permission, PERMISSIONS } from '@choba/shared/permissions.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { PERMISSION_GROUPS } from './permission-groups.ts'
import styles from './people.module.css'
import { useChange } from './use-people.ts'

export function RoleDialog({ role, onClose }: { readonly role: CustomRole | null; readonly onClose: () => void }) {
  const words = useWords()
  const session = useSession()
  const [name, setName] = useState(role?.name ?? '')
  const [held, setHeld] = useState<readonly string[]>(role?.permissions ?? ['sales.read'])
  const [isTried, setTried] = useState(false)
  const saving = useChange(async () => {
    const body = { name, permissions: PERMISSIONS.filter((each) => held.includes(each)) }
    if (role === null) await call(members.addRole, { body })
    else await call(members.changeRole, { roleId: role.roleId, body })
    onClose()
  })

  function box(permission: Permission) {
    const isOwn = may(session, permission)
    return (
      <Checkbox
        key={permission}
        size="xs"
        value={permission}
        label={words.permission[permission]}
        disabled={!isOwn}
        {...(!isOwn && { description: words.people.role_beyond })}
      />
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={role === null ? words.people.role_title : fill(words.people.role_change_of, { name: role.name })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (name.trim() !== '' && held.length > 0) saving.mutate(undefined)
        }}
      >
        <Stack gap="md">
          <TextInput
            label={words.people.role_name}
            maxLength={60}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            {...(isTried && name.trim() === '' && { error: words.people.role_name_missing })}
          />
          <Checkbox.Group
            label={words.people.role_permissions}
            value={[...held]}
            onChange={setHeld}
            {...(held.length === 0 && { error: words.people.role_permissions_missing })}
          >
            <div className={styles.permissions}>
              {PERMISSION_GROUPS.map(({ group, permissions }) => (
                <fieldset key={group} className={styles.permissionGroup}>
                  <legend>{words.people[group]}</legend>
                  <Stack gap={10}>{permissions.map(box)}</Stack>
                </fieldset>
              ))}
            </div>
          </Checkbox.Group>
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
