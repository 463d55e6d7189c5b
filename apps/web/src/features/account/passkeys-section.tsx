/** Passkeys: made on this device, removed from anywhere. */
import { Button, Group, Stack, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { security } from '@choba/shared/contracts/security.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { canUsePasskeys, makePasskey } from '../../api/passkey.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './account.module.css'
import { AccountDialog, AccountSection, Failure, PasswordFirst } from './account-section.tsx'
import { type OwnSecurity, useAccountChange } from './use-account.ts'

type Passkey = OwnSecurity['passkeys'][number]

export function PasskeysSection({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const { own_security: words } = useWords()
  const language = useLanguage()
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey | null>(null)
  const isSupported = canUsePasskeys()
  return (
    <AccountSection
      title={words.passkeys}
      lead={words.passkeys_lead}
      action={
        <Tooltip
          label={words.passkeys_unsupported}
          disabled={isSupported}
          events={{ hover: true, focus: true, touch: true }}
        >
          <Button
            size="xs"
            variant="default"
            aria-disabled={!isSupported}
            {...(!isSupported && { 'data-disabled': true })}
            onClick={() => isSupported && setAdding(true)}
          >
            {words.passkey_add}
          </Button>
        </Tooltip>
      }
    >
      {passkeys.length === 0 ? <p className="soft">{words.passkeys_none}</p> : null}
      <ul className={styles.list}>
        {passkeys.map((passkey) => (
          <li key={passkey.id} className={styles.item}>
            <div>
              <div>{passkey.name}</div>
              <div className="soft">
                {words.column_added} {formatInstant(passkey.createdAt, language)} ・ {words.column_used}{' '}
                {passkey.lastUsedAt === null ? words.never : formatInstant(passkey.lastUsedAt, language)}
              </div>
            </div>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={fill(words.passkey_remove_of, { name: passkey.name })}
              onClick={() => setRemoving(passkey)}
            >
              {words.passkey_remove}
            </Button>
          </li>
        ))}
      </ul>
      {isAdding ? <AddDialog onClose={() => setAdding(false)} /> : null}
      {removing === null ? null : <RemoveDialog passkey={removing} onClose={() => setRemoving(null)} />}
    </AccountSection>
  )
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { own_security: words } = useWords()
  const [name, setName] = useState('')
  const adding = useAccountChange(
    async (password: string) => {
      const { options, challenge } = await call(security.askForPasskey, { body: { password } })
      const response = await makePasskey(options)
      await call(security.addPasskey, { body: { name: name.trim(), challenge, response } })
    },
    () => {
      notifications.show({ message: words.saved })
      onClose()
    },
  )
  return (
    <AccountDialog title={words.passkey_add} onClose={onClose}>
      <Stack gap="md">
        <TextInput
          label={words.passkey_name}
          maxLength={60}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          {...(name.trim() === '' && { error: words.passkey_name_missing })}
        />
        <PasswordFirst
          text={words.codes_password}
          submit={words.passkey_add}
          isPending={adding.isPending}
          error={adding.error}
          onPassword={(password) => (name.trim() === '' ? undefined : adding.mutate(password))}
          onClose={onClose}
        />
      </Stack>
    </AccountDialog>
  )
}

function RemoveDialog({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }) {
  const words = useWords()
  const { id, name } = passkey
  const removing = useAccountChange(() => call(security.removePasskey, { id }), onClose)
  return (
    <AccountDialog title={fill(words.own_security.passkey_remove_of, { name })} onClose={onClose}>
      <Stack gap="md">
        <p className={styles.text}>{fill(words.own_security.passkey_remove_text, { name })}</p>
        <Failure error={removing.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button color="vermilion" loading={removing.isPending} onClick={() => removing.mutate(undefined)}>
            {words.own_security.passkey_remove}
          </Button>
        </Group>
      </Stack>
    </AccountDialog>
  )
}
