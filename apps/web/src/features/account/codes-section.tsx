/** Codes from an app: set up, renewed, turned off. */
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { security } from '@choba/shared/contracts/security.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { AccountDialog, AccountSection, PasswordFirst } from './account-section.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import { useAccountChange } from './use-account.ts'

type Open = 'set-up' | 'stop' | 'renew' | null

export function CodesSection({ isOn }: { readonly isOn: boolean }) {
  const { own_security: words } = useWords()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <AccountSection
      title={words.codes}
      lead={words.codes_lead}
      mark={isOn ? words.codes_on : words.codes_off}
      action={
        isOn ? (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setOpen('renew')}>
              {words.codes_renew}
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpen('stop')}>
              {words.codes_stop}
            </Button>
          </Group>
        ) : (
          <Button size="xs" onClick={() => setOpen('set-up')}>
            {words.codes_start}
          </Button>
        )
      }
    >
      {open === 'set-up' ? <CodesDialog onClose={close} /> : null}
      {open === 'stop' ? <StopDialog onClose={close} /> : null}
      {open === 'renew' ? <RenewDialog onClose={close} /> : null}
    </AccountSection>
  )
}

function StopDialog({ onClose }: { readonly onClose: () => void }) {
  const { own_security: words } = useWords()
  const stopping = useAccountChange(
    (password: string) => call(security.stopCodes, { body: { password } }),
    () => {
      notifications.show({ message: words.saved })
      onClose()
    },
  )
  return (
    <AccountDialog title={words.codes_stop} onClose={onClose}>
      <PasswordFirst
        text={words.codes_stop_text}
        submit={words.codes_stop}
        isPending={stopping.isPending}
        error={stopping.error}
        onPassword={stopping.mutate}
        onClose={onClose}
      />
    </AccountDialog>
  )
}

function RenewDialog({ onClose }: { readonly onClose: () => void }) {
  const { own_security: words } = useWords()
  const renewing = useAccountChange(
    (password: string) => call(security.renewBackupCodes, { body: { password } }),
    () => undefined,
  )
  return (
    <AccountDialog title={words.codes_renew} onClose={onClose}>
      {renewing.data === undefined ? (
        <PasswordFirst
          text={words.codes_renew_text}
          submit={words.next}
          isPending={renewing.isPending}
          error={renewing.error}
          onPassword={renewing.mutate}
          onClose={onClose}
        />
      ) : (
        <BackupCodes codes={renewing.data.backupCodes} onDone={onClose} />
      )}
    </AccountDialog>
  )
}
