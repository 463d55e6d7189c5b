import { Button, PasswordInput, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { LEAST_PASSWORD_LENGTH } from '@choba/shared/contracts/members.ts'
import { changePassword } from '../../api/sign-in.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './account.module.css'
import { AccountDialog, AccountSection, Failure } from './account-section.tsx'
import { useAccountChange } from './use-account.ts'

export function PasswordSection() {
  const { own_security: words } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <AccountSection
      title={words.password}
      action={
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {words.change_password}
        </Button>
      }
    >
      {isOpen ? <PasswordDialog onClose={() => setOpen(false)} /> : null}
    </AccountSection>
  )
}

function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { own_security: words } = useWords()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const isShort = newPassword.length < LEAST_PASSWORD_LENGTH
  const changing = useAccountChange(
    () => changePassword({ currentPassword, newPassword }),
    () => {
      notifications.show({ message: words.password_saved })
      onClose()
    },
  )
  return (
    <AccountDialog title={words.change_password} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isShort && currentPassword !== '') changing.mutate(undefined)
        }}
      >
        <Stack gap="md">
          <p className={styles.text}>{words.change_password_text}</p>
          <Failure error={changing.error} />
          <PasswordInput
            label={words.password_now}
            autoComplete="current-password"
            data-autofocus
            value={currentPassword}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={words.password_new}
            autoComplete="new-password"
            maxLength={128}
            value={newPassword}
            onChange={(event) => setNew(event.currentTarget.value)}
            {...(newPassword !== '' && isShort && { error: words.password_short })}
          />
          <Button type="submit" loading={changing.isPending} style={{ alignSelf: 'flex-end' }}>
            {words.change_password}
          </Button>
        </Stack>
      </form>
    </AccountDialog>
  )
}
